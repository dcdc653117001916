import { equal, ok } from "node:assert/strict";
import sharp, { type WebpOptions } from "sharp";
import { AreaResizer } from "../../../functions/normalize/areaResizer";
import { luma } from "../../../functions/normalize/grey";
import { VP8_STATE, Vp8Frame } from "../../../functions/normalize/vp8Frame";
import { webpLayout } from "../../../functions/normalize/webpLayout";

const resizer = new AreaResizer();

/**
 * 48 × 150 pixels whose rows are spread over eight partitions of coefficients, as no encoder here writes them: the frame of
 * one partition, each bool written anew to the partition of its row.
 */
const PARTITIONS =
  "UklGRggCAABXRUJQVlA4IPsBAADwDQCdASowAJYAP3Gixlq0q6ewregCkO4JaWiuOLkzes8LOpDWZg+PV/NyLDMFBAXFoRrnb2kgeiAIfy7T3Yb4" +
  "1fg7JDyjtJA2akUvw+gp1ahqYNsIIu71nK0eWFbyFBs/sBWqjqq6tIGOZUDXjZIP86DKoJn8AAAAPAAARwAAHgAAMAAAIgAAIgAALQAA/rTaZAgL" +
  "ZalkS/x2lB90KXd9P+XfQFIkWd1CR+i9rhAtfyzkipO98TgdrZ9VRfDkUi0wjqTo/grYYAAA3WfNb03svVELHtDAMdG9i9COs73Uozgbib1/x6b/" +
  "P/qGnJjTqXKn3GeI0R+atXr0jWQIqxz/bvAclik6J/G+eiUx3LgAAAD+4oh8ZuXQT9xaoMX4B7A1dmx2v29/JT7PpoAAAACmHyWsq3chVwX5V4OV" +
  "WuG+QhcTAvpNfR4TKxBuf/5lk8v/6Dq/zTDQcFgLEUFgAAD7jt2NCN/BA2dn6cSLrchdztXQVukwdEDiaIPmE3EbgAAA7BweJQCz4zQNVMz4A8Ld" +
  "SPouinEXxHGdLTkYWXdomAAAALON3eDXPHgh58iYzX9UoM3YJA9irSzWchkcN7IA4F7+tDKTWuEy4gJiAFAAAFQxwci45tVlfusx/E3T8YkdvsSU" +
  "fcWY1kMvuPB/GekhbodBOpLMRHyAAAAA";

/** Grey of each luma without colour, as libwebp makes RGB (its yuv.h) and OpenCV grey of that. */
const GREYS = Array.from({ length: 256 }, (_, y) => {
  const level = (sum: number): number => Math.min(255, Math.max(0, sum >> 6));
  const light = (y * 19077) >> 8;
  return luma(level(light + 13074 - 14234), level(light - 3209 - 6660 + 8708), level(light + 16525 - 17685));
});

/** What is decoded, as grey; the step that left it when it is not. */
function ours(bytes: Uint8Array): Uint8Array | string {
  const layout = webpLayout(bytes);
  if (layout === undefined) return "layout";
  const { width, height } = layout;
  const size = VP8_STATE + Vp8Frame.bytes(layout);
  const chroma = Math.ceil(width / 16) * 16;
  const memory = resizer.reserve(size + 8 * chroma + 1024);
  const frame = new Vp8Frame(bytes, layout, memory, resizer.kernels, VP8_STATE);
  if (!frame.begin()) return "header";
  const pixels = new Uint8Array(width * height);
  let done = 0;
  for (let y = 0; y < frame.rows; y++) {
    const rows = frame.row(y, size, chroma);
    if (rows === undefined) return `row ${y}`;
    for (let row = 0; row < rows.count; row++, done += width) {
      const at = rows.at + row * rows.stride;
      pixels.set(
        memory.subarray(at, at + width).map((value) => GREYS[value] as number),
        done,
      );
    }
  }
  equal(done, pixels.length);
  return pixels;
}

/** As libwebp decodes it. */
async function theirs(bytes: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  equal(info.channels, 3);
  return Uint8Array.from({ length: data.length / 3 }, (_, i) =>
    luma(...([0, 1, 2].map((channel) => data[3 * i + channel]) as [number, number, number])),
  );
}

/** Without colour: waves, edges, and noise in some parts. */
function picture(width: number, height: number): Buffer {
  let seed = width * 31 + height;
  return Buffer.from(
    Uint8Array.from({ length: width * height }, (_, i) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const [x, y] = [i % width, Math.trunc(i / width)];
      const edges = ((x >> 4) % 3 === 0 ? 45 : 0) - ((y >> 3) % 5 === 0 ? 35 : 0);
      const noise = (seed >>> 24) * (((x >> 5) ^ (y >> 5)) & 1 ? 0.4 : 0.03);
      return Math.min(255, Math.max(0, 100 + 60 * Math.sin(x / 13) + 50 * Math.cos(y / 7) + edges + noise));
    }),
  );
}

function encode(width: number, height: number, options: WebpOptions): Promise<Buffer> {
  return sharp(picture(width, height), { raw: { width, height, channels: 1 } })
    .webp(options)
    .toBuffer();
}

describe("luma of a WebP", () => {
  const sizes = [
    [1, 1],
    [16, 16],
    [17, 9],
    [3, 200],
    [300, 5],
    [131, 67],
  ] as const;
  for (const effort of [0, 3, 6]) {
    for (const smartSubsample of [false, true]) {
      it(`equals libwebp's to the bit: effort ${effort}${smartSubsample ? ", smart subsampling" : ""}`, async () => {
        for (const quality of [1, 10, 40, 75, 95, 100]) {
          for (const [width, height] of sizes) {
            const bytes = await encode(width, height, { quality, effort, smartSubsample });
            const decoded = ours(bytes);
            if (typeof decoded === "string") throw new Error(`left at its ${decoded}`);
            ok(Buffer.from(decoded).equals(await theirs(bytes)), `${quality} ${width}x${height}`);
          }
        }
      });
    }
  }

  it("equals it for presets, which filter and part a picture otherwise", async () => {
    for (const preset of ["default", "photo", "picture", "drawing", "icon", "text"] as const) {
      for (const quality of [5, 60]) {
        const bytes = await encode(203, 151, { preset, quality });
        const decoded = ours(bytes);
        ok(typeof decoded !== "string" && Buffer.from(decoded).equals(await theirs(bytes)), `${preset} ${quality}`);
      }
    }
  });

  it("equals it for eight partitions of coefficients, and leaves a picture that lacks the end of any", async () => {
    const bytes = Buffer.from(PARTITIONS, "base64");
    const decoded = ours(bytes);
    ok(typeof decoded !== "string" && Buffer.from(decoded).equals(await theirs(bytes)));
    const sizes = 30 + ((bytes.readUIntLE(20, 3) >> 5) & 0x7ffff);
    for (let partition = 0; partition < 7; partition++) {
      const shorter = Buffer.from(bytes);
      const at = sizes + 3 * partition;
      shorter.writeUIntLE(Math.trunc(shorter.readUIntLE(at, 3) / 3), at, 3);
      equal(typeof ours(shorter), "string", `partition ${partition}`);
    }
  });

  it("equals it whatever the header says of filter, sharpness and deltas", async () => {
    const file = await encode(150, 90, { quality: 30 });
    const expected = new Set<string>();
    let taken = 0;
    // Behind two bits of the first partition: each changed bit is another filter, level, sharpness, delta or quantiser.
    for (let bit = 0; bit < 160; bit++) {
      const bytes = Buffer.from(file);
      bytes[30 + (bit >> 3)] = (bytes[30 + (bit >> 3)] as number) ^ (0x80 >> (bit & 7));
      const decoded = ours(bytes);
      if (typeof decoded === "string") continue;
      const other = await sharp(bytes).raw().toBuffer();
      const isGrey = other.every((value, i) => Math.abs(value - (other[i - (i % 3)] as number)) <= 1);
      if (!isGrey) continue;
      taken++;
      ok(Buffer.from(decoded).equals(await theirs(bytes)), `bit ${bit}`);
      expected.add(Buffer.from(decoded).toString("latin1"));
    }
    ok(taken > 20 && expected.size > 15, `${taken} taken, ${expected.size} of them another picture`);
  });
});
