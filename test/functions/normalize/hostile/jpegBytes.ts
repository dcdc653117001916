/** Markers of JPEG (ITU-T T.81, table B.1) that are used here. */
export const Marker = {
  Baseline: 0xc0,
  Extended: 0xc1,
  Progressive: 0xc2,
  Lossless: 0xc3,
  HuffmanTable: 0xc4,
  ArithmeticExtended: 0xc9,
  ArithmeticProgressive: 0xca,
  Restart0: 0xd0,
  Start: 0xd8,
  End: 0xd9,
  Scan: 0xda,
  QuantisationTable: 0xdb,
  RestartInterval: 0xdd,
  App1: 0xe1,
  App2: 0xe2,
  App14: 0xee,
  Comment: 0xfe,
} as const;

/** A grey JPEG written by hand: every block is mid-grey and takes two bits, so that any size is a few bytes. */
export interface GreyJpeg {
  /** As its frame header says. */
  readonly width: number;
  readonly height: number;
  /** The frame header's marker; baseline unless told. */
  readonly frame?: number;
  /** Bits per sample; 8 unless told. */
  readonly precision?: number;
  /** Blocks that are there; as many as the size needs unless told. */
  readonly blocks?: number;
  /** Blocks between restart markers; none unless told. */
  readonly restart?: number;
  /** Whether the restart markers that were announced are there; unless told they are. */
  readonly restartMarkers?: boolean;
  /** Segments right after the start. */
  readonly before?: readonly Uint8Array[];
  /** Times that the scan is there; 1 unless told. */
  readonly scans?: number;
}

/** A marker alone. */
export function marker(code: number): Buffer {
  return Buffer.from([0xff, code]);
}

/** A marker with its length and its data. */
export function segment(code: number, data: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([marker(code), length, data]);
}

/** Quantisation table 0, all ones. */
export function quantisationTable(): Buffer {
  return segment(Marker.QuantisationTable, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]));
}

/** Huffman tables 0 with one code each: no difference for DC, end of block for AC. Both are the bit 0. */
export function huffmanTables(): Buffer {
  const table = (kind: number): Buffer => Buffer.concat([Buffer.from([kind, 1]), Buffer.alloc(15), Buffer.from([0])]);
  return segment(Marker.HuffmanTable, Buffer.concat([table(0x00), table(0x10)]));
}

/** Frame header with one component of each of the given sampling factors. */
export function frameHeader(
  code: number,
  width: number,
  height: number,
  { precision = 8, sampling = [0x11] }: { readonly precision?: number; readonly sampling?: readonly number[] } = {},
): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  const components = sampling.flatMap((factors, index) => [index + 1, factors, 0]);
  return segment(code, Buffer.concat([Buffer.from([precision]), size, Buffer.from([sampling.length, ...components])]));
}

/** Scan header of one component: spectral selection first to last. */
export function scanHeader(first = 0, last = 63, approximation = 0): Buffer {
  return segment(Marker.Scan, Buffer.from([1, 1, 0x00, first, last, approximation]));
}

/** A whole JPEG. */
export function greyJpeg(given: GreyJpeg): Buffer {
  const { width, height, frame = Marker.Baseline, precision, restart = 0, before = [], scans = 1 } = given;
  const blocks = given.blocks ?? Math.ceil(width / 8) * Math.ceil(height / 8);
  const isProgressive = frame === Marker.Progressive || frame === Marker.ArithmeticProgressive;
  const data = restart > 0 ? restarted(blocks, restart, given.restartMarkers ?? true) : zeroBits(blocks * 2);
  const scan = Buffer.concat([scanHeader(0, isProgressive ? 0 : 63), data]);
  const interval = restart > 0 ? [segment(Marker.RestartInterval, Buffer.from([restart >> 8, restart & 0xff]))] : [];
  return Buffer.concat([
    marker(Marker.Start),
    ...before,
    quantisationTable(),
    frameHeader(frame, width, height, { precision }),
    huffmanTables(),
    ...interval,
    ...Array.from({ length: scans }, () => scan),
    marker(Marker.End),
  ]);
}

/** A JPEG with segments put in right after its start. */
export function withSegments(jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Bits that are 0, filled up with ones to whole bytes. */
function zeroBits(count: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(count / 8));
  const rest = count % 8;
  if (rest > 0) bytes[bytes.length - 1] = 0xff >> rest;
  return bytes;
}

function restarted(blocks: number, interval: number, markers: boolean): Buffer {
  const parts: Buffer[] = [];
  for (let block = 0, index = 0; block < blocks; block += interval, index++) {
    if (index > 0 && markers) parts.push(marker(Marker.Restart0 + ((index - 1) % 8)));
    parts.push(zeroBits(Math.min(interval, blocks - block) * 2));
  }
  return Buffer.concat(parts);
}
