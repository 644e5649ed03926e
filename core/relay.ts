/** What may be looked up for somebody who asks for others; filing is a command. */
export interface RelayBook {
  /** The village a person speaks for, once an officer has verified them. */
  villageOf(personId: string): Promise<string | undefined>;
  /** Questions of a pasted list. */
  split(text: string): readonly string[];
}
