// AssemblyScript: where the JPEG decoder keeps what. Addresses are fixed, so that the code has them in its instructions;
// lumaDecoder.ts fills them in. Addresses and numbers have 32 bits unless it says otherwise.

/** Bit reader: 64 bits, the next ones uppermost; how many are valid; address below which the next lie; end of the data. */
export const BITS: usize = 256;
export const COUNT: usize = 264;
export const AT: usize = 268;
export const BASE: usize = 272;
/** Blocks that a progressive scan says are still empty. */
export const EOB_RUN: usize = 276;
/** The last DC value of each component, four numbers. */
export const PREDICTIONS: usize = 288;
/** MCUs in a row, blocks of an MCU, blocks of luma in it across and down. */
export const ACROSS: usize = 304;
export const BLOCKS: usize = 308;
export const CELL_ACROSS: usize = 312;
export const CELL_DOWN: usize = 316;
/** Luma's pixels: address, bytes from row to row. */
export const PLANE: usize = 320;
export const STRIDE: usize = 324;
/** Addresses of a progressive picture's coefficients, MCU by MCU, and of 64 bits for each block: which are not zero. */
export const COEFFICIENTS: usize = 328;
export const MASKS: usize = 332;
/** Chroma samples across and down. */
export const CHROMA_WIDTH: usize = 336;
export const CHROMA_HEIGHT: usize = 340;
/** What RGB would clip, in luma, over all pixels: sum of amounts and of squares, 64-bit floats. */
export const EXCESS: usize = 344;
export const SQUARES: usize = 352;
/** The last rows of chroma and of what is known of MCUs: address of the first byte, bytes from row to row. */
export const ROWS: usize = 360;
export const ROW_STRIDE: usize = 364;
/** Of each block of an MCU, 16 bytes: address of its DC prediction, of its DC and AC table; which block of the MCU it is. */
export const DESCRIPTORS: usize = 384;
/** Twice the place of a coefficient in its block, 256 bytes: 128, past its end, for what lies past the last. */
export const ZIGZAG: usize = 768;
/** Rows between two passes. */
export const SCRATCH: usize = 1024;
/** Of three components, 16 bits each, in natural order. */
export const QUANTISERS: usize = 1280;
/** Coefficients of one MCU, 16 bits each, in natural order, block by block. */
export const MCU: usize = 1792;

/** Bits that index a Huffman table. */
export const INDEX_BITS: i32 = 11;
/** Entry of a table for what takes more bits than that. */
export const FIRST_LONG: u64 = 0x7fff0000;
/** Behind a table's entries: for each length the first 16 bits beyond its codes, and from code to symbol; and symbols. */
export const LIMITS: usize = 4 << INDEX_BITS;
export const OFFSETS: usize = LIMITS + 80;
export const VALUES: usize = LIMITS + 160;
