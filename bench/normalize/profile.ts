import { percentile } from "../../cli/job/readings";
import { DEFAULT_TRANSFORMATION, Format } from "../../contracts/transformation";
import { AreaResizer } from "../../functions/normalize/areaResizer";
import { NO_DEADLINE } from "../../functions/normalize/deadline";
import { decodeImage } from "../../functions/normalize/decodeImage";
import { encodeImage } from "../../functions/normalize/encodeImage";
import { toGrey } from "../../functions/normalize/grey";
import { DEFAULT_IMAGE_LIMITS, normalizeImage, normalizePixels } from "../../functions/normalize/image";
import { decodeLuma } from "../../functions/normalize/lumaDecoder";
import { PngInflater } from "../../functions/normalize/pngInflater";
import { pngLayout } from "../../functions/normalize/pngLayout";
import { resizeRaster } from "../../functions/normalize/resizeRaster";
import { VideoResizer } from "../../functions/normalize/videoResizer";
import { VP8_STATE, Vp8Frame } from "../../functions/normalize/vp8Frame";
import { webpLayout } from "../../functions/normalize/webpLayout";

/** One step of a picture's way, done by itself. */
interface Part {
  readonly name: string;
  readonly run: () => unknown;
}

const ROUNDS = 15;
/** Rounds before the first that counts: code is compiled by then. */
const WARM_UP = 12;
const { width, height } = DEFAULT_TRANSFORMATION;

/**
 * Which part of a picture's normalisation takes how much CPU: each part by itself, medians of alternating rounds. What the
 * parts leave of the whole is told as the rest.
 * @param title name of the source
 * @param repeats how often in a row a part is done in a round
 * @returns rows of a table
 */
export async function profileRows(title: string, bytes: Uint8Array, repeats: number): Promise<readonly string[]> {
  const parts = [{ name: "whole", run: () => normalizeImage(bytes, DEFAULT_TRANSFORMATION) }, ...(await steps(bytes))];
  const times = parts.map((): number[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [index, { run }] of parts.entries()) {
      const milliseconds = await cpu(run, repeats);
      if (round >= 0) times[index]?.push(milliseconds);
    }
  }
  const [whole = 0, ...medians] = times.map((values) => percentile(values, 0.5));
  const rest = whole - medians.reduce((sum, value) => sum + value, 0);
  const shares = [
    ...medians.map((value, i) => [parts[i + 1]?.name ?? "", value] as const),
    ["the rest", rest] as const,
  ];
  return shares.map(
    ([name, value], i) =>
      `| ${i === 0 ? `${title}, ${whole.toFixed(2)} ms` : ""} | ${name} | ${value.toFixed(2)} | ${Math.round((100 * value) / whole)} % |`,
  );
}

/** Head of the table that {@link profileRows} are of. */
export const PROFILE_HEAD = ["| source | part | CPU ms | share |", "|---|---|---:|---:|"] as const;

async function steps(bytes: Uint8Array): Promise<readonly Part[]> {
  const pixels = await normalizePixels(bytes, DEFAULT_TRANSFORMATION);
  const encode = {
    name: "encode",
    run: () => encodeImage(pixels, { format: Format.Jpeg, quality: DEFAULT_TRANSFORMATION.quality }),
  };
  return [...(jpegSteps(bytes) ?? webpSteps(bytes) ?? pngSteps(bytes) ?? (await generalSteps(bytes))), encode];
}

function jpegSteps(bytes: Uint8Array): readonly Part[] | undefined {
  const resizer = new AreaResizer();
  const luma = decodeLuma(bytes, resizer, DEFAULT_IMAGE_LIMITS.pixels);
  if (typeof luma !== "object") return undefined;
  return [
    { name: "decode luma", run: () => decodeLuma(bytes, resizer, DEFAULT_IMAGE_LIMITS.pixels) },
    { name: "resize", run: () => resizer.resize(luma, width, height) },
  ];
}

function webpSteps(bytes: Uint8Array): readonly Part[] | undefined {
  const layout = webpLayout(bytes);
  if (layout === undefined) return undefined;
  const resizer = new AreaResizer();
  const size = VP8_STATE + Vp8Frame.bytes(layout);
  const memory = resizer.reserve(size + VideoResizer.bytes(layout, width, height));
  const { kernels } = resizer;
  const resizerAt = (): VideoResizer => new VideoResizer(layout, width, height, memory, kernels, size);
  const rows = Math.ceil(layout.height / 16);
  const decode = (): void => {
    const frame = new Vp8Frame(bytes, layout, memory, kernels, VP8_STATE);
    const video = resizerAt();
    if (!frame.begin()) throw new Error("the picture is not taken");
    for (let y = 0; y < rows; y++) frame.row(y, video.chromaRoom(8), video.chromaStride);
  };
  const resize = (): void => {
    const video = resizerAt();
    for (let y = 0; y < rows; y++) {
      video.chromaRoom(8);
      video.lumaRoom(16);
      video.push(Math.min(16, layout.height - 16 * y), 8, false);
    }
  };
  return [
    { name: "decode luma, and chroma before its filter", run: decode },
    { name: "resize both, grey", run: resize },
  ];
}

function pngSteps(bytes: Uint8Array): readonly Part[] | undefined {
  const layout = pngLayout(bytes);
  if (layout === undefined) return undefined;
  const resizer = new AreaResizer();
  const rowBytes = layout.width * layout.pixelBytes;
  const memory = resizer.reserve(PngInflater.bytes(layout, rowBytes));
  const inflate = (): boolean => {
    const rows = new PngInflater(bytes, layout, rowBytes, memory, resizer.kernels, 0);
    while (rows.row() !== undefined);
    return rows.isWhole();
  };
  const scratch = resizeScratch(layout.width, layout.height, layout.pixelBytes);
  return [
    { name: "walk chunks, checksums", run: () => pngLayout(bytes) },
    { name: "inflate, checksum", run: inflate },
    { name: "resize", run: () => resizeRaster(scratch, width, height) },
    { name: "grey", run: () => toGrey({ ...scratch, width, height }) },
  ];
}

/** A picture of the size, whatever it shows. */
function resizeScratch(across: number, down: number, pixelBytes: number) {
  const channels = pixelBytes < 3 ? 1 : 3;
  return { data: new Uint8Array(across * down * channels), width: across, height: down, channels };
}

async function generalSteps(bytes: Uint8Array): Promise<readonly Part[]> {
  const decode = () => decodeImage(bytes, DEFAULT_TRANSFORMATION, DEFAULT_IMAGE_LIMITS, NO_DEADLINE);
  const decoded = await decode();
  const resized = resizeRaster(decoded, width, height);
  return [
    { name: "decode (libvips)", run: decode },
    { name: "resize", run: () => resizeRaster(decoded, width, height) },
    { name: "grey", run: () => toGrey(resized) },
  ];
}

async function cpu(run: () => unknown, repeats: number): Promise<number> {
  await run();
  const before = process.cpuUsage();
  for (let turn = 0; turn < repeats; turn++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / repeats;
}
