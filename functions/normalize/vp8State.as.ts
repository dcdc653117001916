// AssemblyScript: where the decoder of WebP's VP8 (RFC 6386) keeps what. Addresses are fixed, so that the code has them in
// its instructions; vp8Frame.ts fills them in. Addresses and numbers have 32 bits unless it says otherwise.

/**
 * Readers of bools, READER bytes each: the first partition's, then those of up to eight partitions of coefficients. Their
 * value (64 bits: none, the next ones, a mark, zeros), from 12 on range, address below which the next bytes lie, and of the
 * last byte.
 */
export const READERS: usize = 0;
export const READER: usize = 32;
/** Macroblocks in a row. */
export const ACROSS: usize = 320;
/** Whether macroblocks have a segment; the chance that they have coefficients, -1 when nothing is said of it. */
export const HAS_SEGMENTS: usize = 328;
export const SKIP_CHANCE: usize = 332;
/** Partitions of coefficients less one. */
export const PARTITIONS: usize = 336;
/** 0 for no loop filter, 1 for the simple one, 2 for the normal one. */
export const FILTER: usize = 340;
/** Address and bytes from row to row of sixteen rows of luma; there are four rows above them and a margin on either side. */
export const BAND: usize = 344;
export const STRIDE: usize = 348;
/** Addresses of what macroblocks above have left, 64 bytes for each, see ABOVE_*. */
export const ABOVE: usize = 352;
/** Set when a number does not fit into 16 bits, as no encoder's does. */
export const ODD: usize = 356;
/** What RGB would clip, in grey levels: sum of amounts and of squares, 64-bit floats. */
export const EXCESS: usize = 360;
export const SQUARES: usize = 368;
/** Set when a macroblock has colour. */
export const COLOURED: usize = 440;
/** Of the macroblock being decoded: its mode for luma (16 when each block has its own), chroma, segment. */
export const LUMA_MODE: usize = 376;
export const CHROMA_MODE: usize = 380;
export const SEGMENT: usize = 384;
/** Chances of the three decisions that lead to a segment, a byte each. */
export const SEGMENT_CHANCES: usize = 388;
/**
 * Modes of its sixteen blocks, and what its left neighbour has left: modes of the rightmost blocks, then whether blocks had
 * coefficients.
 */
export const BLOCK_MODES: usize = 400;
export const LEFT_MODES: usize = 416;
export const LEFT_COEFFICIENTS: usize = 420;

/** From {@link ABOVE}: 16 pixels of luma, 8 of each chroma, modes of the lowest blocks, and whether blocks had coefficients. */
export const ABOVE_SIZE: usize = 64;
export const ABOVE_CHROMA: usize = 16;
export const ABOVE_MODES: usize = 32;
export const ABOVE_COEFFICIENTS: usize = 36;

/** Address where eight rows of chroma go, and bytes from row to row: the blue one's, and halfway to the next the red one's. */
export const CHROMA_BAND: usize = 432;
export const CHROMA_STRIDE: usize = 436;

/**
 * Of each segment, 64 bytes: quantisers of 16 bits, that of first coefficients and seven times that of others: of luma; of
 * luma whose first ones need none; of chroma. Then what filters it, and the two quantisers of luma's DC values.
 */
export const SEGMENTS: usize = 448;
export const QUANTISERS_WHOLE: usize = 16;
export const QUANTISERS_CHROMA: usize = 32;
/**
 * Filter strengths for macroblocks of one mode, and 4 bytes further for the others, a byte each: limits at a macroblock's
 * edge (0 for no filter), at a block's and inside, and the threshold of high variance.
 */
export const STRENGTHS: usize = 48;
export const QUANTISERS_DC: usize = 56;
/** Number of coefficients that each of the 25 blocks had: luma's DC values, 16 of luma, 4 of each chroma. */
export const COUNTS: usize = 704;
/** Tables of 32 bytes by block: which of the flags of {@link ABOVE_COEFFICIENTS} and {@link LEFT_COEFFICIENTS} are its own. */
export const ABOVE_FLAGS: usize = 736;
export const LEFT_FLAGS: usize = 768;
/** Trees: next node or, from 64 on, a leaf. */
export const MODE_TREE: usize = 832;
export const VALUE_TREE: usize = 864;
/** Of leaves of {@link VALUE_TREE}, 16 bytes each: least value (16 bits), how many bits are added, their chances from 3 on. */
export const CATEGORIES: usize = 896;
/** Chances of block modes: 16 bytes by mode above and mode to the left. */
export const MODE_CHANCES: usize = 1088;
/**
 * Chances of coefficients: 16 bytes by kind of block, context and number of the coefficient. The twelfth byte is twice the
 * coefficient's place in its block, whose rows stand in the order 0, 2, 1, 3.
 */
export const CHANCES: usize = 3072;
export const KIND: usize = 1024;
export const CONTEXT: usize = 17 * 16;
/** Coefficients, 32 bytes for each block; zeros outside of a macroblock's decoding. */
export const COEFFICIENTS: usize = 7168;
/**
 * Pixels of the macroblock being decoded, after a row above and eight to their left: 32 bytes a row for luma, and for both
 * chromas.
 */
export const LUMA: usize = 8000;
export const CHROMA: usize = 8576;
/** Chances as the standard has them: of coefficients, and of their being told anew; 1056 bytes each. */
export const DEFAULT_CHANCES: usize = 8896;
export const UPDATE_CHANCES: usize = 9984;
/** A macroblock's columns, sixteen bytes each, those of four columns before it first; and as much again. */
export const COLUMNS: usize = 11072;
/** Of each block mode but the first two, which of 16 means of three pixels and as many of two make its pixels. */
export const MODE_PIXELS: usize = 11712;
/** First address that is free. */
export const FREE: usize = 11904;
