/** ELF's number for the 64-bit ARM architecture (AAELF64, `e_machine`). */
const EM_AARCH64 = 183;

/** Bytes of ELF's header up to the end of that number. */
const MACHINE_END = 20;

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** First bytes of code for macOS, of one processor or several, and for Windows. */
const OTHERS = ["cffaedfe", "cefaedfe", "cafebabe"].map((digits) => Buffer.from(digits, "hex"));
const WINDOWS = Buffer.from("MZ");

/** Whether a file is native code of any system; of Windows only where its name says so too, since its mark is two letters. */
export function isNativeCode(name: string, bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ([ELF, ...OTHERS].some((mark) => file.subarray(0, mark.length).equals(mark))) return true;
  return /\.(node|dll|exe)$/.test(name) && file.subarray(0, WINDOWS.length).equals(WINDOWS);
}

/** Whether a file is ELF code for 64-bit ARM, little-endian as Lambda's processors are. */
export function isAarch64(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < MACHINE_END) return false;
  const [is64Bit, isLittleEndian] = [file[4] === 2, file[5] === 1];
  return (
    file.subarray(0, 4).equals(ELF) && is64Bit && isLittleEndian && file.readUInt16LE(MACHINE_END - 2) === EM_AARCH64
  );
}
