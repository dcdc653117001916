/** Tables that are kept: most files have the codes of the standard's examples. */
const MOST = 16;

const tables = new Map<string, Uint8Array>();

/** Tables of Huffman codes that were made before, by {@link codeName}. */
export const codeTables: ReadonlyMap<string, Uint8Array> = tables;

/** Keeps a table for the pictures to come. */
export function keepCodeTable(name: string, table: Uint8Array): void {
  if (tables.size === MOST) tables.clear();
  tables.set(name, table);
}

/**
 * The code itself, and which kind it is.
 * @param slot 0 to 3 for DC, 4 to 7 for AC
 * @param at address of 16 counts, which the symbols follow
 */
export function codeName(bytes: Uint8Array, slot: number, at: number): string {
  let symbols = 0;
  for (let length = 0; length < 16; length++) symbols += bytes[at + length] as number;
  const code = Buffer.from(bytes.buffer, bytes.byteOffset + at, 16 + symbols);
  return (slot < 4 ? "dc" : "ac") + code.toString("latin1");
}
