import { equal, ok } from "node:assert/strict";
import { constants, deflateRawSync, deflateSync, inflateRawSync } from "node:zlib";
import { AreaResizer } from "../../../functions/normalize/areaResizer";
import { PngInflater } from "../../../functions/normalize/pngInflater";

const resizer = new AreaResizer();

/** Rows as they come out; undefined when anything is wrong. Compressed data comes in pieces, as PNG has it. */
function inflated(bytes: Buffer, rows: number, rowBytes: number): Buffer | undefined {
  const piece = Math.max(1, Math.ceil(bytes.length / 3));
  const data: [number, number][] = [];
  for (let at = 0; at < bytes.length; at += piece) data.push([at, Math.min(at + piece, bytes.length)]);
  const layout = { width: rowBytes, height: rows, pixelBytes: 1, data };
  const memory = resizer.reserve(PngInflater.bytes(layout, rowBytes));
  const inflater = new PngInflater(bytes, layout, rowBytes, memory, resizer.kernels, 0);
  if (!inflater.hasHeader) return undefined;
  const parts: Uint8Array[] = [];
  for (let y = 0; y < rows; y++) {
    const at = inflater.row();
    if (at === undefined) return undefined;
    parts.push(memory.slice(at, at + rowBytes + 1));
  }
  return inflater.isWhole() ? Buffer.concat(parts) : undefined;
}

/** What zlib makes of data without header and checksum, and how many bytes it reads. */
function byZlib(raw: Buffer): { readonly data: Buffer; readonly read: number } | undefined {
  try {
    // Declared for no more than a buffer; nodejs.org/api/zlib.html, `info`.
    const { buffer, engine } = inflateRawSync(raw, { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { data: buffer, read: engine.bytesWritten };
  } catch {
    return undefined;
  }
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

let seed = 3;
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.trunc((seed / 2 ** 32) * below);
}

const ROW = 999;
const ROWS = 300;
const CONTENTS: Readonly<Record<string, (i: number) => number>> = {
  noise: () => random(256),
  // Short codes, several in one index.
  "small numbers": () => Math.trunc(random(256) ** 3 / 256 ** 2 / 8),
  zeros: () => 0,
  // Long codes: one number is rare.
  rare: (i) => (random(60_000) === 0 ? i & 255 : i % 3),
  "repeats from afar": (i) => Math.trunc(i / 20_000) + (i % 31_000) * 7,
  "repeats of a pixel": (i) => (i % 4) * 50 + Math.trunc(i / 5_000),
};

describe("inflating of a PNG's rows", () => {
  for (const [name, content] of Object.entries(CONTENTS)) {
    it(`gives what zlib gives, at every level and by every strategy: ${name}`, () => {
      const rows = Buffer.from(Array.from({ length: ROWS * (ROW + 1) }, (_, i) => content(i) & 255));
      for (const level of [0, 1, 6, 9]) {
        for (const strategy of [
          constants.Z_DEFAULT_STRATEGY,
          constants.Z_HUFFMAN_ONLY,
          constants.Z_RLE,
          constants.Z_FIXED,
        ]) {
          const bytes = deflateSync(rows, { level, strategy });
          ok(inflated(bytes, ROWS, ROW)?.equals(rows), `level ${level}, strategy ${strategy}`);
        }
      }
    });
  }

  it("takes rows wider than its window, and small windows", () => {
    const rows = Buffer.from(Array.from({ length: 2 * 262_001 }, (_, i) => (i * i) >> 7));
    for (const windowBits of [9, 15]) {
      ok(inflated(deflateSync(rows, { windowBits }), 2, 262_000)?.equals(rows));
    }
  });

  it("takes neither less nor more than the rows, nor a dictionary or another method", () => {
    const rows = Buffer.alloc(10 * 21, 9);
    const bytes = deflateSync(rows);
    ok(inflated(bytes, 10, 20)?.equals(rows));
    equal(inflated(bytes, 9, 20), undefined);
    equal(inflated(bytes, 11, 20), undefined);
    equal(inflated(deflateSync(rows, { dictionary: Buffer.from("words") }), 10, 20), undefined);
    equal(inflated(Buffer.from([0x77, ...bytes.subarray(1)]), 10, 20), undefined);
    const otherSum = bytes.map((value, at) => (at === bytes.length - 1 ? value ^ 1 : value));
    equal(inflated(Buffer.from(otherSum), 10, 20), undefined);
    for (let length = 0; length < bytes.length; length++) {
      equal(inflated(bytes.subarray(0, length), 10, 20), undefined, `${length} bytes`);
    }
  });

  it("repeats nothing from before the first byte", () => {
    const rows = Buffer.alloc(10 * 21);
    const end = Buffer.alloc(4);
    end.writeUInt32BE(adler32(rows));
    const file = (raw: Buffer): Buffer => Buffer.concat([Buffer.of(0x78, 0x9c), raw, end]);
    ok(inflated(file(deflateRawSync(rows)), 10, 20)?.equals(rows));
    // As zeros lie before the window, what is repeated from there would have the right checksum.
    equal(inflated(file(deflateRawSync(rows, { dictionary: Buffer.alloc(400) })), 10, 20), undefined);
  });

  it("is not held up by blocks that say nothing", () => {
    const rows = Buffer.alloc(10 * 21, 9);
    const bytes = deflateSync(rows);
    // Empty ones of the fixed codes, ten bits each.
    const empty = Buffer.alloc(300_000);
    for (let bit = 1; bit < 8 * empty.length; bit += 10) {
      empty[bit >> 3] = (empty[bit >> 3] as number) | (1 << (bit & 7));
    }
    ok(inflated(Buffer.concat([bytes.subarray(0, 2), empty, bytes.subarray(2)]), 10, 20)?.equals(rows));
    // Of 128 symbols each, with codes of their own.
    const small = Buffer.from(Array.from({ length: ROWS * (ROW + 1) }, CONTENTS["small numbers"] ?? (() => 0)));
    equal(inflated(deflateSync(small, { memLevel: 1 }), ROWS, ROW), undefined);
    ok(inflated(deflateSync(small, { memLevel: 7 }), ROWS, ROW)?.equals(small));
  })
    // The blocks above took 2 s when each had its tables made anew.
    .timeout(1_500);

  it("reads damaged data as zlib reads it, or refuses it: the checksum is made right, lest it find out everything", () => {
    const rows = Buffer.from(Array.from({ length: 40 * 51 }, (_, i) => (i % 7) * random(30)));
    let taken = 0;
    for (let turn = 0; turn < 3_000; turn++) {
      const strategy = [constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_FIXED][turn % 3];
      const bytes = deflateSync(rows, { strategy, level: turn % 10 });
      const raw = Buffer.from(bytes.subarray(2));
      for (let flips = random(3); flips > 0; flips--) {
        const at = random(turn % 2 === 0 ? 80 : raw.length);
        raw[at] = (raw[at] as number) ^ (1 << random(8));
      }
      const expected = byZlib(raw);
      const end = Buffer.alloc(4);
      end.writeUInt32BE(adler32(expected?.data ?? rows));
      const file = Buffer.concat([bytes.subarray(0, 2), raw.subarray(0, expected?.read ?? raw.length - 4), end]);
      const given = inflated(file, 40, 50);
      if (given === undefined) continue;
      taken++;
      ok(expected?.data.equals(given), `turn ${turn}`);
    }
    ok(taken > 1_000, `${taken} taken`);
  });
});
