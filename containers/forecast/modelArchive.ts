import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Backtest } from "../../contracts/fleetManifest";

/** The one file in a model's archive. */
export const MODEL_FILE = "model.json";

const BLOCK = 512;

/** Most bytes that a model's archive is unpacked to. */
const LARGEST_MODEL = 64 * 1024 * 1024;

const Rate = z.number().nullable();

/** What `model.json` says besides the model itself. */
const ModelDocument = z.object({
  schema: z.literal(1),
  customer: z.string(),
  /** Name and revision of what fitted it. */
  module: z.string(),
  /** SHA-256 of what it was fitted from. */
  inputHash: z.string(),
  /** Distinct timestamps. */
  points: z.int(),
  backtest: z
    .object({ holdout: z.int(), mase: Rate, mape: Rate, naiveMase: Rate, naiveMape: Rate, coverage: Rate })
    .optional(),
  model: z.unknown(),
});

/** A customer's model as it is stored. The same input gives the same bytes, so nothing in it tells when it was made. */
export interface ModelDocument {
  readonly schema: 1;
  readonly customer: string;
  readonly module: string;
  readonly inputHash: string;
  readonly points: number;
  readonly backtest?: Backtest | undefined;
  readonly model: unknown;
}

/** Packs a model as `model.json` in a tar.gz. */
export function packModel(document: ModelDocument): Uint8Array {
  const content = Buffer.from(JSON.stringify(document));
  const tar = Buffer.alloc(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK + 2 * BLOCK);
  writeHeader(tar, MODEL_FILE, content.length);
  content.copy(tar, BLOCK);
  return gzipSync(tar, { level: 4 });
}

/**
 * Reads an archive of {@link packModel}.
 * @throws Error when it is anything else
 */
export function unpackModel(archive: Uint8Array): ModelDocument {
  const tar = gunzipSync(archive, { maxOutputLength: LARGEST_MODEL });
  const name = tar.subarray(0, 100).toString("latin1").split("\0")[0];
  const size = Number.parseInt(tar.subarray(124, 136).toString("latin1"), 8);
  if (name !== MODEL_FILE || !(size >= 0 && BLOCK + size <= tar.length)) {
    throw new Error(`an archive of a model begins with ${MODEL_FILE}`);
  }
  return ModelDocument.parse(JSON.parse(tar.subarray(BLOCK, BLOCK + size).toString("utf8")));
}

/** Header of one regular file, as POSIX has it (ustar), without owner or time. */
function writeHeader(tar: Buffer, name: string, size: number): void {
  tar.write(name, 0, "latin1");
  tar.write("0000644\0", 100, "latin1");
  tar.write("0000000\0", 108, "latin1");
  tar.write("0000000\0", 116, "latin1");
  tar.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  tar.write("00000000000\0", 136, "latin1");
  // The sum is taken with spaces in its own place.
  tar.write("        ", 148, "latin1");
  tar.write("0", 156, "latin1");
  tar.write("ustar\u000000", 257, "latin1");
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += tar[i] as number;
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
}
