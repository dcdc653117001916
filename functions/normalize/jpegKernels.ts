/** Functions of jpeg*.as.ts (jpegState.as.ts says what they share); all answer 0 for damaged data unless it says otherwise. */
export interface JpegKernels {
  /** Bytes read, up to a marker. */
  unstuff(from: number, size: number, end: number): number;
  /** May be negative. */
  bitsLeft(): number;
  makeTable(counts: number, out: number, isDc: boolean): number;
  decodeMcus(x: number, y: number, mcus: number): number;
  dcMcus(x: number, y: number, mcus: number, count: number, low: number, isMore: boolean): number;
  dcBlocks(
    x: number,
    y: number,
    blocks: number,
    across: number,
    down: number,
    first: number,
    low: number,
    isMore: boolean,
  ): number;
  readonly acBlocks: ReadBlocks;
  readonly acBlocksMore: ReadBlocks;
  finishMcus(y: number): void;
}

type ReadBlocks = (
  x: number,
  y: number,
  blocks: number,
  across: number,
  down: number,
  first: number,
  begin: number,
  last: number,
  low: number,
) => number;
