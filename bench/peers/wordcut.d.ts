/** wordcut ships no types. This is the part of it that the benchmark runs. */
declare module 'wordcut' {
  const wordcut: {
    init(): void;
    cutIntoArray(text: string): string[];
  };
  export default wordcut;
}
