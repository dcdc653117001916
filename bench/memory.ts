import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { DEFAULT_TRANSFORMATION } from "../contracts/transformation";
import { normalizeImage } from "../functions/normalize/image";

/**
 * Largest resident memory of a process that normalises one picture, for each format and size. Each case runs in a
 * process of its own, because the system tells the peak of a process only once. Linux only.
 *
 * @example npm run bench:memory
 * @example npm run bench:memory -- --write   # also replaces the table in docs/benchmarks.md
 */

const DOCUMENT = path.resolve(__dirname, "../docs/benchmarks.md");
const MARKERS = { begin: "<!-- memory:begin -->", end: "<!-- memory:end -->" };

/** Width and height of the pictures, in pixels; the first tells what the process holds before it decodes. */
const SIZES = [
  [64, 48],
  [3000, 2000],
  [6000, 4000],
] as const;

const CASES: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  "JPEG, baseline": (picture) => picture.jpeg({ quality: 90 }),
  "JPEG, baseline, turned": (picture) => picture.withMetadata({ orientation: 6 }).jpeg({ quality: 90 }),
  "JPEG, progressive": (picture) => picture.jpeg({ quality: 90, progressive: true }),
  "PNG, 8 bits": (picture) => picture.png({ compressionLevel: 1 }),
  "PNG, 8 bits, interlaced": (picture) => picture.png({ compressionLevel: 1, progressive: true }),
  "PNG, 16 bits": (picture) => picture.toColourspace("rgb16").png({ compressionLevel: 1 }),
  WebP: (picture) => picture.webp({ effort: 0 }),
  GIF: (picture) => picture.gif({ effort: 1, dither: 0 }),
  "TIFF, deflate": (picture) => picture.tiff({ compression: "deflate" }),
  "TIFF, 16 bits, one strip of rows": (picture) => picture.toColourspace("rgb16").tiff({ compression: "lzw" }),
  AVIF: (picture) => picture.avif({ effort: 0 }),
};

/** A picture with slopes and grain, which compresses about as photographs do. */
function picture(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[at] = ((at / 3) % width) / (width / 200) + (state >>> 28);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Normalises one file and prints the peak of this process in MB. */
async function one(file: string): Promise<void> {
  const unlimited = { bytes: Number.POSITIVE_INFINITY, pixels: Number.POSITIVE_INFINITY };
  await normalizeImage(readFileSync(file), DEFAULT_TRANSFORMATION, unlimited);
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  process.stdout.write(String(Number(peak) / 1024));
}

async function main(args: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-memory-"));
  try {
    const rows: string[] = [];
    for (const [name, encode] of Object.entries(CASES)) {
      const peaks: number[] = [];
      for (const [width, height] of SIZES) {
        const file = path.join(folder, "picture");
        writeFileSync(file, await encode(picture(width, height)).toBuffer());
        const printed = execFileSync(process.execPath, ["--import", "tsx", __filename, "--one", file]);
        peaks.push(Number(printed.toString("latin1")));
      }
      const [base = 0, , largest = 0] = peaks;
      rows.push(
        `| ${name} | ${peaks.map((peak) => peak.toFixed(0)).join(" | ")} | ${((largest - base) / 24).toFixed(1)} |`,
      );
      console.error(rows.at(-1));
    }
    const table = [
      `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}; MB of 2^20 bytes.`,
      "",
      "| format | 64 × 48 | 6 MP | 24 MP | MB per megapixel |",
      "|---|---:|---:|---:|---:|",
      ...rows,
    ].join("\n");
    console.log(table);
    if (args.includes("--write")) writeTable(table);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeTable(table: string): void {
  const text = readFileSync(DOCUMENT, "utf8");
  const [begin, end] = [text.indexOf(MARKERS.begin), text.indexOf(MARKERS.end)];
  if (begin < 0 || end < begin) throw new Error(`${DOCUMENT} has no ${MARKERS.begin} … ${MARKERS.end}`);
  writeFileSync(DOCUMENT, `${text.slice(0, begin + MARKERS.begin.length)}\n${table}\n${text.slice(end)}`);
}

const [flag, file] = process.argv.slice(2);
(flag === "--one" && file !== undefined ? one(file) : main(process.argv.slice(2))).catch((error: unknown) => {
  console.error("bench:", error);
  process.exitCode = 2;
});
