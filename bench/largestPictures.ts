import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ALLOCATOR_ENVIRONMENT } from "../contracts/normalizeEnvironment";
import { type PixelKind, pixelLimit } from "../functions/normalize/imageLimits";
import { MEMORY_PICTURES, picture } from "./memoryPictures";

/** A picture of each kind that is limited by itself, the costliest where a limit is shared. */
export const LIMITED_PICTURES: Readonly<Record<string, PixelKind>> = {
  "JPEG, baseline": "jpeg",
  "JPEG, progressive, 4:4:4": "progressive",
  "JPEG, progressive, inks": "inks",
  "PNG, 8 bits": "png",
  "PNG, 16 bits, alpha, interlaced": "deep",
  "WebP, lossless, alpha": "webp",
  GIF: "gif",
  "TIFF, 16 bits, one strip of rows": "tiff",
  "TIFF, 16 bits, alpha, large tiles": "wide",
  "AVIF, 4:4:4": "avif",
  "AVIF, 12 bits": "hdr",
};

/** Width of the largest pictures, in pixels. */
const WIDTH = 4000;

/**
 * Writes the largest picture that a function of some memory accepts: at most one row less than its limit on pixels.
 * @param name one of {@link LIMITED_PICTURES}
 * @returns pixels of the picture
 */
export async function writeLargestPicture(name: string, memoryMb: number, file: string): Promise<number> {
  const [kind, encode] = [LIMITED_PICTURES[name], MEMORY_PICTURES[name]];
  if (kind === undefined || encode === undefined) throw new Error(`there is no picture ${name}`);
  const height = Math.floor(pixelLimit(memoryMb, kind) / WIDTH);
  writeFileSync(file, await encode(picture(WIDTH, height), WIDTH).toBuffer());
  return WIDTH * height;
}

/** What became of a picture in a process of its own. */
export interface Normalized {
  /** Largest resident memory of the process, in MB of 2^20 bytes; 0 when it failed. */
  readonly peakMb: number;
  readonly status: number | null;
  readonly error: string;
}

/**
 * Normalises a file in a process of its own, as a function of that memory would. Linux only.
 * @param loader what Node.js is given to run TypeScript; tsx unless told otherwise
 */
export function normalizedWithin(
  memoryMb: number,
  file: string,
  loader: readonly string[] = ["--import", "tsx"],
): Normalized {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...loader, path.join(__dirname, "memory.ts"), "--one", file],
    {
      cwd: path.resolve(__dirname, ".."),
      encoding: "utf8",
      env: {
        ...process.env,
        NODE_V8_COVERAGE: "",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        ...ALLOCATOR_ENVIRONMENT,
      },
    },
  );
  return { peakMb: Number(stdout), status, error: stderr };
}
