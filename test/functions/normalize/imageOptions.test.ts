import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import sharp from "sharp";
import { parseTransformation } from "../../../contracts/transformation";
import type { Raster } from "../../../functions/normalize/areaResize";
import { normalizeImage, normalizePixels } from "../../../functions/normalize/image";

/** A PNG of 8×4: the left half red, the right half blue. */
async function halves(): Promise<Buffer> {
  const data = Buffer.alloc(8 * 4 * 3);
  for (let i = 0; i < 32; i++) data.set(i % 8 < 4 ? [255, 0, 0] : [0, 0, 255], i * 3);
  return sharp(data, { raw: { width: 8, height: 4, channels: 3 } })
    .png()
    .toBuffer();
}

function pixel({ data, width, channels }: Raster, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)];
}

async function pixels(options: object): Promise<Raster> {
  return normalizePixels(await halves(), parseTransformation({ channels: "rgb", width: 4, height: 4, ...options }));
}

const RED = [255, 0, 0];
const BLUE = [0, 0, 255];

describe("image options", () => {
  it("fill stretches the whole picture", async () => {
    const filled = await pixels({ fit: "fill" });
    deepEqual([pixel(filled, 0, 0), pixel(filled, 1, 3), pixel(filled, 2, 0)], [RED, RED, BLUE]);
  });

  it("cover crops the middle", async () => {
    const covered = await pixels({ fit: "cover", width: 2, height: 4 });
    deepEqual([covered.width, covered.height], [2, 4]);
    deepEqual([pixel(covered, 0, 0), pixel(covered, 1, 3)], [RED, BLUE]);
    const [cover, fill] = await Promise.all(["cover", "fill"].map((fit) => pixels({ fit, width: 8, height: 4 })));
    deepEqual({ ...cover, data: [...(cover?.data ?? [])] }, { ...fill, data: [...(fill?.data ?? [])] });
  });

  it("contain pads with the background, above and below alike", async () => {
    const contained = await pixels({ fit: "contain", background: "#010203" });
    deepEqual([contained.width, contained.height], [4, 4]);
    for (const y of [0, 3]) deepEqual(pixel(contained, 1, y), [1, 2, 3]);
    for (const y of [1, 2]) deepEqual([pixel(contained, 0, y), pixel(contained, 3, y)], [RED, BLUE]);
  });

  it("contain pads a grey picture with the background's luma", async () => {
    const contained = await pixels({ fit: "contain", channels: "grey", background: "#ff0000" });
    deepEqual([pixel(contained, 0, 0), pixel(contained, 0, 1)], [[76], [76]]);
  });

  it("inside keeps the proportions and says the shape", async () => {
    const { width, height } = await pixels({ fit: "inside" });
    deepEqual([width, height], [4, 2]);
    const options = parseTransformation({ fit: "inside", width: 4, height: 4, format: "raw" });
    const { metadata } = await normalizeImage(await halves(), options);
    equal(metadata?.["frugal-ml-shape"], "2x4x1");
  });

  it("png and raw carry the very pixels, npy a header that NumPy reads", async () => {
    const expected = await pixels({});
    const answer = async (format: string) =>
      normalizeImage(await halves(), parseTransformation({ channels: "rgb", width: 4, height: 4, format }));
    const [png, raw, npy] = [await answer("png"), await answer("raw"), await answer("npy")];
    deepEqual(await sharp(png.bytes).raw().toBuffer(), Buffer.from(expected.data));
    deepEqual(Buffer.from(raw.bytes), Buffer.from(expected.data));
    deepEqual(
      [png.contentType, raw.contentType, npy.contentType],
      ["image/png", "application/octet-stream", "application/x-npy"],
    );
    const header = Buffer.from(npy.bytes).readUInt16LE(8);
    equal((10 + header) % 64, 0);
    const text = Buffer.from(npy.bytes).toString("latin1", 10, 10 + header);
    ok(text.startsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (4, 4, 3), }"), text);
    ok(text.endsWith("\n"));
    deepEqual(Buffer.from(npy.bytes).subarray(10 + header), Buffer.from(expected.data));
  });

  it("orientation turns the picture upright, or leaves it as it is stored", async () => {
    // Orientation 3: stored upside down, so left and right change places.
    const turned = await sharp(await halves())
      .withMetadata({ orientation: 3 })
      .png()
      .toBuffer();
    const read = (orientation: string) =>
      normalizePixels(turned, parseTransformation({ channels: "rgb", width: 4, height: 4, orientation }));
    deepEqual(pixel(await read("stored"), 0, 0), RED);
    deepEqual(pixel(await read("exif"), 0, 0), BLUE);
  });

  it("icc converts an embedded profile to sRGB, or ignores it", async () => {
    const wide = await sharp(await halves())
      .withIccProfile("p3")
      .png()
      .toBuffer();
    const read = (icc: string) =>
      normalizePixels(wide, parseTransformation({ channels: "rgb", width: 4, height: 4, icc }));
    const [ignored, converted] = [pixel(await read("ignore"), 0, 0), pixel(await read("convert"), 0, 0)];
    // Written as P3, pure sRGB red is a less saturated triple; reading with the profile restores it.
    ok((ignored[0] ?? 0) < 250, `ignored ${ignored}`);
    ok((converted[0] ?? 0) > 250, `converted ${converted}`);
  });

  it("answers a bad image with a flagged placeholder when asked to, and fails otherwise", async () => {
    const bad = Buffer.from("<html>not an image</html>");
    const options = { width: 3, height: 2, channels: "rgb", format: "raw", background: "#0a0b0c" };
    await rejects(normalizeImage(bad, parseTransformation(options)), { code: "UnsupportedFormat" });
    const { bytes, metadata } = await normalizeImage(
      bad,
      parseTransformation({ ...options, onBadImage: "placeholder" }),
    );
    deepEqual([...bytes], Array.from({ length: 6 }, () => [10, 11, 12]).flat());
    // The shape too: a loader knows raw samples by it alone.
    deepEqual(metadata, { "frugal-ml-shape": "2x3x3", "frugal-ml-placeholder": "UnsupportedFormat" });
  });
});
