/** ELF's number for the 64-bit ARM architecture (AAELF64, `e_machine`). */
const EM_AARCH64 = 183;

const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** Names of an archive's entries that are native code, by their endings. */
export function nativeEntries(names: readonly string[]): readonly string[] {
  return names.filter((name) => /\.node$|\.so(\.\d+)*$/.test(name));
}

/** Whether a file is ELF code for 64-bit ARM, little-endian as Lambda's processors are. */
export function isAarch64(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [is64Bit, isLittleEndian] = [file[4] === 2, file[5] === 1];
  return file.subarray(0, 4).equals(MAGIC) && is64Bit && isLittleEndian && file.readUInt16LE(18) === EM_AARCH64;
}
