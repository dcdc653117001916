import type { ModelFile, ModelFolder } from "./modelFolder";

/** End of central directory record of a zip file (APPNOTE 4.3.16), and how far from the end it may begin. */
const END = Buffer.from("PK\u0005\u0006", "latin1");
const END_REACH = 65_557;
/** Most bytes of a directory that are read: TorchScript of large networks has some thousand entries. */
const LARGEST_DIRECTORY = 8 * 1024 * 1024;

/** What a `.pt` or `.pth` file is: by torch.jit.save, by torch.save, older than either, or nothing of PyTorch's. */
export type TorchFileKind = "torchscript" | "pickle" | "unknown";

/** Tells what a file is by the names in it: TorchScript has code, and constants beside its data. */
export function torchFileKind(folder: ModelFolder, file: ModelFile): TorchFileKind {
  const names = zipNames(folder, file);
  if (names === undefined) {
    // Before PyTorch 1.6 torch.save wrote pickles one after another.
    return folder.read(file, 0, 1)[0] === 0x80 ? "pickle" : "unknown";
  }
  const has = (end: RegExp): boolean => names.some((name) => end.test(name));
  if (has(/(^|\/)constants\.pkl$/) && has(/(^|\/)code\//)) return "torchscript";
  return has(/(^|\/)data\.pkl$/) ? "pickle" : "unknown";
}

/** Names of a zip file's entries; undefined when it is none, or one that is not understood. */
function zipNames(folder: ModelFolder, file: ModelFile): readonly string[] | undefined {
  const tail = folder.read(file, Math.max(0, file.bytes - END_REACH), END_REACH);
  const at = tail.lastIndexOf(END);
  if (at < 0 || tail.length < at + 22) return undefined;
  const [size, offset] = directory(tail, at, folder, file);
  if (size > LARGEST_DIRECTORY || offset + size > file.bytes) return undefined;
  const bytes = folder.read(file, offset, size);
  const names: string[] = [];
  for (let here = 0; here + 46 <= bytes.length && bytes.readUInt32LE(here) === 0x02014b50; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(here + field));
    names.push(bytes.toString("utf8", here + 46, here + 46 + (name ?? 0)));
    here += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

/** Size and offset of the directory; of files above 4 GB from the record that the locator before the end points to. */
function directory(tail: Buffer, at: number, folder: ModelFolder, file: ModelFile): readonly [number, number] {
  const [size, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (offset !== 0xffffffff || at < 20 || tail.readUInt32LE(at - 20) !== 0x07064b50) return [size, offset];
  const record = folder.read(file, Number(tail.readBigUInt64LE(at - 12)), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) return [size, offset];
  return [Number(record.readBigUInt64LE(40)), Number(record.readBigUInt64LE(48))];
}
