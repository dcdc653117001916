/** Size of everything in a tar archive, in bytes. */
export const TAR_BLOCK = 512;

/** Largest size that a header can say. */
export const TAR_LARGEST = 8 ** 11;

/** What a header says. */
export interface TarHeader {
  /** `0` for a file, `x` for the pax records of the next entry. */
  readonly type: "0" | "x";
  /** At most 100 bytes. */
  readonly name: string;
  /** Bytes, below {@link TAR_LARGEST}. */
  readonly size: number;
  /** Time of the last change, in seconds since 1970. */
  readonly seconds: number;
}

/** Header of one entry of a tar archive (POSIX ustar, pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html), without owner. */
export function tarHeader({ type, name, size, seconds }: TarHeader): Buffer {
  const block = Buffer.alloc(TAR_BLOCK);
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, "0");
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.max(0, seconds), 12), 136);
  // The sum is taken with spaces in its own place.
  block.write(" ".repeat(8), 148);
  block.write(type, 156);
  block.write("ustar\u000000", 257);
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at++) sum += block[at] ?? 0;
  block.write(`${octal(sum, 7)}\0 `, 148);
  return block;
}
