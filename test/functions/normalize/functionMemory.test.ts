import { equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MEMORY_PICTURES, picture } from "../../../bench/memoryPictures";
import { ALLOCATOR_ENVIRONMENT } from "../../../contracts/normalizeEnvironment";
import { type PixelKind, pixelLimit } from "../../../functions/normalize/imageLimits";

const ROOT = path.resolve(__dirname, "../../..");

/** A picture of each kind that is limited by itself, the costliest where a limit is shared. */
const KINDS: Readonly<Record<string, PixelKind>> = {
  "JPEG, progressive": "jpeg",
  "PNG, 8 bits": "png",
  "PNG, 16 bits": "deep",
  WebP: "webp",
  GIF: "gif",
  "TIFF, 16 bits, one strip of rows": "tiff",
  AVIF: "avif",
};

/** Normalises the file in a process of its own, as a function of that memory would: what it printed, and its exit code. */
function normalized(file: string, memoryMb: number): { peakMb: number; status: number | null; error: string } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--import", "tsx", path.join(ROOT, "bench", "memory.ts"), "--one", file],
    {
      cwd: ROOT,
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

describe("functions/normalize: the pixel limit holds a function within its memory", function () {
  this.timeout(60_000);
  let folder: string;

  before(function () {
    if (process.platform !== "linux") this.skip();
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-function-memory-"));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, kind] of Object.entries(KINDS)) {
    it(`${name}: the largest picture that is accepted, and one that is not`, async () => {
      const memoryMb = 256;
      const width = 2000;
      const height = Math.floor(pixelLimit(memoryMb, kind) / width);
      const encode = MEMORY_PICTURES[name];
      ok(encode);
      const file = path.join(folder, kind);
      writeFileSync(file, await encode(picture(width, height)).toBuffer());
      const { peakMb, status, error } = normalized(file, memoryMb);
      equal(status, 0, error);
      ok(peakMb > 50 && peakMb <= memoryMb, `${peakMb} MB of ${memoryMb}`);
      const refused = normalized(file, memoryMb - 8);
      equal(refused.status, 2);
      ok(refused.error.includes("TooManyPixels"), refused.error);
    });
  }
});
