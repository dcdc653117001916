import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { photographs } from "../../../cli/job/photographs";
import { AreaResizer, KEPT_BYTES } from "../../../functions/normalize/areaResizer";
import { decodeLuma } from "../../../functions/normalize/lumaDecoder";
import { Init, loadTurboJpeg, Param, PixelFormat, type TurboJpeg } from "../../../functions/normalize/turboJpeg";
import { Extra, encodeJpeg as encode, Sampling } from "./encodeJpeg";
import {
  frameHeader,
  greyJpeg,
  huffmanTables,
  Marker,
  marker,
  quantisationTable,
  scanHeader,
  segment,
  withSegments,
} from "./hostile/jpegBytes";

const PIXELS = 50_000_000;
const resizer = new AreaResizer();

/** Luma as this package decodes it; the reason when it does not. */
function ours(bytes: Uint8Array): { width: number; height: number; pixels: Buffer } | string {
  const luma = decodeLuma(bytes, resizer, PIXELS);
  if (typeof luma !== "object") return luma ?? "left";
  const { at, width, height, stride } = luma;
  const memory = resizer.reserve(at + stride * height);
  const rows = Array.from({ length: height }, (_, y) => memory.slice(at + y * stride, at + y * stride + width));
  return { width, height, pixels: Buffer.concat(rows) };
}

/** As libjpeg-turbo decodes it; undefined when it errs or warns. */
function theirs(turbo: TurboJpeg, bytes: Uint8Array): Buffer | undefined {
  const handle = turbo.init(Init.Decompress);
  try {
    if (turbo.header(handle, bytes, bytes.length) !== 0) return undefined;
    const [width, height] = [turbo.get(handle, Param.Width), turbo.get(handle, Param.Height)];
    if (width * height > PIXELS) return undefined;
    const pixels = Buffer.alloc(width * height);
    const result = turbo.decompress(handle, bytes, bytes.length, pixels, 0, PixelFormat.Grey);
    return result === 0 ? pixels : undefined;
  } finally {
    turbo.destroy(handle);
  }
}

/** A Huffman table that has no codes but some of one length. */
function codes(kind: number, length: number, ...symbols: readonly number[]): Buffer {
  const counts = Buffer.alloc(16);
  counts[length - 1] = symbols.length;
  return segment(Marker.HuffmanTable, Buffer.from([kind, ...counts, ...symbols]));
}

describe("luma of a JPEG", () => {
  const turbo = loadTurboJpeg();

  const sizes = [
    [1, 1],
    [8, 8],
    [17, 9],
    [64, 100],
    [131, 67],
  ] as const;
  const settings = {
    baseline: {},
    "own codes": { [Extra.optimize]: 1 },
    progressive: { [Extra.progressive]: 1 },
    "restarts every 3 MCUs": { [Extra.restartBlocks]: 3 },
    "restarts every row, progressive": { [Extra.restartRows]: 1, [Extra.progressive]: 1 },
  };
  for (const [name, setting] of Object.entries(settings)) {
    it(`equals libjpeg-turbo's to the bit: ${name}`, () => {
      for (const sampling of Object.values(Sampling)) {
        for (const [width, height] of sizes) {
          const bytes = encode(turbo, width, height, sampling, setting);
          const decoded = ours(bytes);
          const isLeft = sampling === Sampling.full && !(Extra.progressive in setting);
          if (isLeft) equal(decoded, "left");
          else deepEqual(decoded, { width, height, pixels: theirs(turbo, bytes) }, `${sampling} ${width} ${height}`);
        }
      }
    });
  }

  it("equals it for photographs with more than a code's table holds", async () => {
    for (const { file } of (await photographs()).slice(0, 3)) {
      const rgbHandle = turbo.init(Init.Decompress);
      const source = readFileSync(file);
      turbo.header(rgbHandle, source, source.length);
      const [width, height] = [turbo.get(rgbHandle, Param.Width), turbo.get(rgbHandle, Param.Height)];
      const rgb = Buffer.alloc(width * height * 3);
      turbo.decompress(rgbHandle, source, source.length, rgb, 0, PixelFormat.Rgb);
      turbo.destroy(rgbHandle);
      for (const progressive of [0, 1]) {
        const handle = turbo.init(Init.Compress);
        turbo.set(handle, Param.Quality, 98);
        turbo.set(handle, Param.Subsampling, Sampling.half);
        turbo.set(handle, Extra.progressive, progressive);
        turbo.set(handle, Param.NoRealloc, 1);
        const to = Buffer.alloc(rgb.length * 2);
        const size: [number] = [to.length];
        equal(turbo.compress(handle, rgb, width, 0, height, PixelFormat.Rgb, [to], size), 0);
        turbo.destroy(handle);
        const bytes = to.subarray(0, size[0]);
        deepEqual(ours(bytes), { width, height, pixels: theirs(turbo, bytes) });
      }
    }
  });

  it("equals it where a coefficient overflows to zero and is refined", () => {
    // 2^14 in the first scan, whose lowest bit stands for 2^13; then thirteen times the end of the block, and ones.
    const first = Buffer.concat([scanHeader(1, 63, 0x0d), Buffer.from([0x20, 0x00, 0x5f])]);
    const more = Array.from({ length: 13 }, (_, i) => [
      scanHeader(1, 63, ((13 - i) << 4) | (12 - i)),
      Buffer.from([0xbf]),
    ]);
    const bytes = Buffer.concat([
      marker(Marker.Start),
      quantisationTable(),
      frameHeader(Marker.Progressive, 8, 8),
      codes(0x00, 1, 0),
      codes(0x10, 2, 0x0f, 0x01, 0x00),
      scanHeader(0, 0),
      Buffer.from([0x7f]),
      first,
      ...more.flat(),
      marker(Marker.End),
    ]);
    deepEqual(ours(bytes), { width: 8, height: 8, pixels: theirs(turbo, bytes) });
  });

  it("takes forty scans and no more, nor a picture beyond the memory that is kept", () => {
    const scans = (count: number): Buffer => {
      const ends = Array.from({ length: count - 1 }, (_, i) => [i + 1, i + 2 === count ? 63 : i + 1] as const);
      return Buffer.concat([
        marker(Marker.Start),
        quantisationTable(),
        frameHeader(Marker.Progressive, 8, 8),
        huffmanTables(),
        ...[[0, 0] as const, ...ends].flatMap(([first, last]) => [scanHeader(first, last), Buffer.of(0x7f)]),
        marker(Marker.End),
      ]);
    };
    deepEqual(ours(scans(40)), { width: 8, height: 8, pixels: theirs(turbo, scans(40)) });
    equal(ours(scans(41)), "left");
    const comments = Array.from({ length: 20 }, () => segment(Marker.Comment, Buffer.alloc(60_000)));
    equal(typeof ours(withSegments(greyJpeg({ width: 7000, height: 7000 }), ...comments)), "string");
    ok(resizer.reserve(0).buffer.byteLength <= KEPT_BYTES);
  });

  it("takes no code that has all ones, unless no scan uses it", () => {
    const file = greyJpeg({ width: 24, height: 8 });
    const bytes = (slot: number): Buffer => withSegments(file, codes(slot, 1, 0, 1));
    const frame = file.indexOf(Buffer.from([0xff, Marker.Scan]));
    const used = Buffer.concat([file.subarray(0, frame), codes(0x10, 1, 0, 1), file.subarray(frame)]);
    equal(theirs(turbo, used), undefined);
    equal(ours(used), "left");
    deepEqual(ours(bytes(0x11)), { width: 24, height: 8, pixels: theirs(turbo, bytes(0x11)) });
  });

  it("leaves what is told to be RGB, before or after its frame", () => {
    const bytes = (...between: readonly Uint8Array[]): Buffer =>
      Buffer.concat([
        marker(Marker.Start),
        quantisationTable(),
        huffmanTables(),
        frameHeader(Marker.Baseline, 16, 16, { sampling: [0x22, 0x11, 0x11] }),
        ...between,
        segment(Marker.Scan, Buffer.from([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
        Buffer.from([0x00, 0x0f]),
        marker(Marker.End),
      ]);
    deepEqual(ours(bytes()), { width: 16, height: 16, pixels: theirs(turbo, bytes()) });
    const adobe = segment(Marker.App14, Buffer.from("Adobe\0\x64\0\0\0\0\0", "latin1"));
    for (const told of [bytes(adobe), withSegments(bytes(), adobe)]) equal(ours(told), "left");
  });

  it("takes nothing damaged: whatever it decodes, libjpeg-turbo decodes alike and without a warning", () => {
    const files = [0, 1].map((progressive) =>
      encode(turbo, 90, 70, Sampling.half, { [Extra.progressive]: progressive, [Extra.restartRows]: 1 - progressive }),
    );
    let taken = 0;
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.trunc((seed / 2 ** 32) * below);
    };
    for (const file of files) {
      for (let turn = 0; turn < 1_500; turn++) {
        const bytes = Buffer.from(file.subarray(0, turn % 5 === 0 ? random(file.length) : file.length));
        for (let flips = turn % 3; flips >= 0 && bytes.length > 0; flips--) {
          const at = random(bytes.length);
          bytes[at] = (bytes[at] as number) ^ (1 << random(8));
        }
        const decoded = ours(bytes);
        if (typeof decoded === "string") continue;
        taken++;
        const other = theirs(turbo, bytes);
        ok(other !== undefined && decoded.pixels.equals(other), `turn ${turn}: taken, not as libjpeg-turbo`);
      }
    }
    // Flips in what is no picture leave some files as they were.
    ok(taken > 20, `${taken} taken`);
  });
});
