/** Functions of vp8*.as.ts (vp8State.as.ts says what they share). */
export interface Vp8Kernels {
  /** Sets a reader to the beginning of data that lies backwards between two addresses. */
  begin(reader: number, first: number, end: number): void;
  /** The next number of so many bits, of the first partition. */
  readNumber(bits: number): number;
  readChances(): void;
  /** 0 when the data ends too early, or is no picture's. */
  decodeRow(y: number): number;
  copyLuma(
    from: number,
    stride: number,
    to: number,
    toStride: number,
    size: number,
    rows: number,
    isGrey: boolean,
  ): void;
}
