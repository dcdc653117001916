import { equal, rejects } from "node:assert/strict";
import sharp from "sharp";
import { DEFAULT_TRANSFORMATION, Fit } from "../../../contracts/transformation";
import { normalizeImage } from "../../../functions/normalize/image";
import { functionPixelLimit, jpegKindOf, pixelKind, pixelLimit } from "../../../functions/normalize/imageLimits";
import {
  frameHeader,
  greyJpeg,
  huffmanTables,
  Marker,
  marker,
  quantisationTable,
  segment,
  withSegments,
} from "./hostile/jpegBytes";
import { blankLines, png } from "./hostile/pngBytes";

const MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

describe("functions/normalize: pixel limit from the function's memory", () => {
  const given = process.env[MEMORY];
  afterEach(() => {
    if (given === undefined) delete process.env[MEMORY];
    else process.env[MEMORY] = given;
  });

  it("grows with the memory, differs by format, and is never negative", () => {
    equal(pixelLimit(512, "jpeg"), 44_571_428);
    equal(pixelLimit(512, "avif"), 15_600_000);
    equal(pixelLimit(256, "png"), 8_000_000);
    equal(pixelLimit(128, "jpeg"), 0);
  });

  it("is that of the function it runs in, and none elsewhere", () => {
    delete process.env[MEMORY];
    equal(functionPixelLimit("gif"), Number.POSITIVE_INFINITY);
    process.env[MEMORY] = "300";
    equal(functionPixelLimit("gif"), 10_000_000);
  });

  it("knows kinds by the header", () => {
    const kinds = [
      ["jpeg", {}],
      ["jpeg", { channels: 1 }],
      ["progressive", { isProgressive: true }],
      ["inks", { channels: 4 }],
      ["inks", { isProgressive: true, channels: 4 }],
    ] as const;
    for (const [kind, header] of kinds) equal(pixelKind({ format: "jpeg", ...header }), kind);
    equal(pixelKind({ format: "png" }), "png");
    equal(pixelKind({ format: "png", isProgressive: true }), "deep");
    equal(pixelKind({ format: "png", depth: "ushort" }), "deep");
    equal(pixelKind({ format: "webp", channels: 4 }), "webp");
    equal(pixelKind({ format: "gif" }), "gif");
    equal(pixelKind({ format: "tiff", depth: "ushort", channels: 3 }), "tiff");
    equal(pixelKind({ format: "tiff", channels: 4 }), "tiff");
    equal(pixelKind({ format: "tiff", depth: "ushort", channels: 4 }), "wide");
    equal(pixelKind({ format: "tiff", depth: "float", channels: 3 }), "wide");
    equal(pixelKind({ format: "heif" }), "avif");
    equal(pixelKind({ format: "heif", depth: "ushort" }), "hdr");
    equal(pixelKind({ format: "jp2k" }), "hdr");
  });

  it("knows a JPEG by its marker, as the decoder does, before it is asked", async () => {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "#345" } });
    const encodings = [
      ["jpeg", picture.clone().jpeg()],
      ["jpeg", picture.clone().withIccProfile("p3").withMetadata({ orientation: 6 }).jpeg()],
      ["jpeg", picture.clone().toColourspace("b-w").jpeg()],
      ["progressive", picture.clone().jpeg({ progressive: true })],
      ["inks", picture.clone().toColourspace("cmyk").jpeg()],
    ] as const;
    for (const [kind, encoding] of encodings) {
      const bytes = await encoding.toBuffer();
      equal(jpegKindOf(bytes), kind);
      equal(pixelKind(await sharp(bytes).metadata()), kind);
    }
  });

  it("knows that a JPEG of several scans is kept whole, as a progressive one is", async () => {
    const scan = (component: number): Buffer =>
      Buffer.concat([segment(Marker.Scan, Buffer.from([1, component, 0, 0, 63, 0])), Buffer.from([0x3f])]);
    const bytes = Buffer.concat([
      marker(Marker.Start),
      quantisationTable(),
      huffmanTables(),
      frameHeader(Marker.Baseline, 8, 8, { sampling: [0x11, 0x11, 0x11] }),
      ...[1, 2, 3].map(scan),
      marker(Marker.End),
    ]);
    equal(jpegKindOf(bytes), "progressive");
    equal(pixelKind(await sharp(bytes).metadata()), "progressive");
  });

  it("does not guess at a JPEG that decoders read each in their own way", () => {
    const file = greyJpeg({ width: 8, height: 8, frame: Marker.Progressive });
    equal(jpegKindOf(withSegments(file, Buffer.alloc(9, 0xff))), "progressive");
    for (const odd of [[0xff, 0x01], [0xff, Marker.Restart0], [0xff, Marker.Comment, 0, 0], [0]]) {
      equal(jpegKindOf(withSegments(file, Buffer.from(odd))), undefined);
    }
    for (const bytes of [Buffer.alloc(0), Buffer.from("\xff\xd8\xff", "latin1"), Buffer.alloc(64, 0xff)]) {
      equal(jpegKindOf(bytes), undefined);
    }
  });

  it("takes a picture at the limit and refuses one above, on every way through the code", async () => {
    // 207 MB leave one megapixel for a JPEG and for a plain PNG.
    process.env[MEMORY] = "207";
    for (const make of [
      (height: number) => greyJpeg({ width: 1000, height }),
      (height: number) => png({ width: 1000, height }, blankLines(1000, height)),
    ]) {
      for (const fit of [Fit.Fill, Fit.Inside]) {
        const transformation = { ...DEFAULT_TRANSFORMATION, fit };
        equal((await normalizeImage(make(1000), transformation)).contentType, "image/jpeg");
        await rejects(normalizeImage(make(1001), transformation), {
          code: "TooManyPixels",
          message: "The image has more pixels than the limit. Given 1001000; allowed: 1000000.",
        });
      }
    }
  });
});
