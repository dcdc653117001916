/** An entry as a zip archive's central directory lists it. */
export interface ZipEntry {
  readonly name: string;
  /** Time of change, `YYYY-MM-DD hh:mm:ss`. */
  readonly modified: string;
  /** Unix permissions and kind of file. */
  readonly mode: number;
}

const CENTRAL_HEADER = Buffer.from("PK\x01\x02", "latin1");
const END_OF_DIRECTORY = Buffer.from("PK\x05\x06", "latin1");

/** Entries in the order in which the archive lists them (PKWARE APPNOTE 4.3.12 and 4.3.16). */
export function zipEntries(archive: Buffer): readonly ZipEntry[] {
  const end = archive.lastIndexOf(END_OF_DIRECTORY);
  if (end === -1) throw new Error("no zip archive");
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  while (archive.subarray(at, at + 4).equals(CENTRAL_HEADER)) {
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [nameLength = 0] = lengths;
    entries.push({
      name: archive.toString("utf8", at + 46, at + 46 + nameLength),
      modified: dosTime(archive.readUInt16LE(at + 14), archive.readUInt16LE(at + 12)),
      mode: archive.readUInt32LE(at + 38) >>> 16,
    });
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  if (entries.length !== archive.readUInt16LE(end + 10))
    throw new Error("the directory lists another number of entries");
  return entries;
}

function dosTime(date: number, time: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`;
}
