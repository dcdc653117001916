import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { type Photograph, photographs } from "../../../cli/job/photographs";
import { meanDifference, verifyAnswers } from "../../../cli/job/verifyAnswers";
import { Channels, DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";

describe("cli/job/verifyAnswers", () => {
  let picture: Photograph;
  let golden: Buffer;

  before(async () => {
    const [first] = await photographs();
    assert.ok(first?.golden);
    picture = first;
    golden = readFileSync(first.golden);
  });

  const verify = (bytes: readonly Uint8Array[], transformation = DEFAULT_TRANSFORMATION) =>
    verifyAnswers(
      picture,
      bytes.map((one, index) => ({ delivery: index === 0 ? "first" : "second", bytes: one })),
      transformation,
    );
  const brighter = (by: number): Promise<Buffer> =>
    sharp(golden).linear(1, by).toColourspace("b-w").jpeg({ quality: 95 }).toBuffer();

  it("finds nothing wrong with OpenCV's own picture", async () => {
    assert.deepEqual(await verify([golden, golden]), []);
  });

  it("tells a wrong size, format and number of channels, by delivery", async () => {
    const small = await sharp(golden).resize(255, 256).toColourspace("b-w").jpeg().toBuffer();
    const coloured = await sharp(golden).toColourspace("srgb").jpeg().toBuffer();
    const png = await sharp(golden).toColourspace("b-w").png().toBuffer();
    for (const [bytes, given] of [
      [small, "jpeg 255x256 with 1 channels"],
      [coloured, "jpeg 256x256 with 3 channels"],
      [png, "png 256x256 with 1 channels"],
    ] as const) {
      assert.deepEqual(await verify([golden, bytes]), [
        `${picture.key} through second: answered ${given}; expected jpeg 256x256 with 1 channels`,
      ]);
    }
    assert.match((await verify([Buffer.from("<Error/>")]))[0] ?? "", /answered 8 bytes that are no image/);
  });

  it("expects what the transformation says", async () => {
    const transformation = { ...DEFAULT_TRANSFORMATION, width: 16, height: 8, channels: Channels.Rgb };
    const small = await sharp(golden).resize(16, 8, { fit: "fill" }).toColourspace("srgb").jpeg().toBuffer();
    assert.deepEqual(await verify([small], transformation), []);
    assert.equal((await verify([golden], transformation)).length, 1);
  });

  it("tells deliveries that answer with different bytes, though the picture is the same", async () => {
    const other = await sharp(golden).toColourspace("b-w").jpeg({ quality: 96 }).toBuffer();
    assert.deepEqual(await verify([golden, other]), [`${picture.key}: first and second answer with different bytes`]);
  });

  it("tells a picture that differs from OpenCV's by more than one level, and only then", async () => {
    const [failure = ""] = await verify([await brighter(2)]);
    assert.match(failure, /differs from OpenCV by (1\.[5-9]|2\.\d)\d? on average; allowed: 1$/);
    assert.deepEqual(await verify([await brighter(0)]), []);
  });

  it("measures the mean difference in levels", async () => {
    const flat = (level: number) =>
      sharp({ create: { width: 4, height: 4, channels: 3, background: { r: level, g: level, b: level } } })
        .png()
        .toBuffer();
    assert.equal(await meanDifference(await flat(10), await flat(10)), 0);
    assert.equal(await meanDifference(await flat(10), await flat(15)), 5);
    assert.equal(await meanDifference(await flat(10), golden), Number.NaN);
  });
});
