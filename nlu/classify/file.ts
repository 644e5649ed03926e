/** The model file: a magic word, a JSON header with the lengths, then the arrays, each on an eight-byte boundary. */
const magic = 'THAMRAT1';

type Block = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

const align = (size: number): number => (size + 7) & ~7;

export function packFile(header: unknown, blocks: readonly Block[]): Uint8Array {
  const json = new TextEncoder().encode(
    JSON.stringify({ header, sizes: blocks.map(block => block.byteLength) }),
  );
  let size = align(16 + json.length);
  const offsets = blocks.map(block => {
    const offset = size;
    size = align(size + block.byteLength);
    return offset;
  });
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(magic), 0);
  new DataView(bytes.buffer).setUint32(8, json.length, true);
  bytes.set(json, 16);
  blocks.forEach((block, at) => {
    bytes.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), offsets[at] ?? 0);
  });
  return bytes;
}

/** Header (to be parsed by the caller) and a way to take the blocks in order, as views: a model is in memory once, not twice. */
export function unpackFile(file: Uint8Array): { readonly header: unknown; readonly take: () => Uint8Array } {
  const bytes = file.byteOffset % 8 === 0 ? file : Uint8Array.from(file);
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== magic) {
    throw new Error('This is not a model of this version; train it again ("npm run build").');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(8, true);
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + length)));
  const { header, sizes } = readEnvelope(parsed);
  let offset = align(16 + length);
  let next = 0;
  return {
    header,
    take: () => {
      const size = sizes[next] ?? 0;
      next += 1;
      const start = bytes.byteOffset + offset;
      offset = align(offset + size);
      if (start + size > bytes.byteOffset + bytes.byteLength)
        throw new Error('The model file is cut short; train it again.');
      return new Uint8Array(bytes.buffer, start, size);
    },
  };
}

function readEnvelope(parsed: unknown): { header: unknown; sizes: number[] } {
  if (typeof parsed === 'object' && parsed !== null && 'header' in parsed && 'sizes' in parsed) {
    const { header, sizes } = parsed;
    if (Array.isArray(sizes) && sizes.every(size => typeof size === 'number')) return { header, sizes };
  }
  throw new Error('The model file has no readable header; train it again.');
}
