import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Backtest } from "../../contracts/fleetManifest";
import { TAR_BLOCK, tarHeader } from "../../contracts/tarHeader";
import { backtestSchema } from "../../fleet/backtestSchema";

/** The one file in a model's archive. */
export const MODEL_FILE = "model.json";

/** Most bytes that a model's archive is unpacked to. */
const LARGEST_MODEL = 64 * 1024 * 1024;

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
  backtest: backtestSchema.optional(),
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
  const tar = Buffer.alloc(TAR_BLOCK + Math.ceil(content.length / TAR_BLOCK) * TAR_BLOCK + 2 * TAR_BLOCK);
  tarHeader({ type: "0", name: MODEL_FILE, size: content.length, seconds: 0 }).copy(tar);
  content.copy(tar, TAR_BLOCK);
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
  if (name !== MODEL_FILE || !(size >= 0 && TAR_BLOCK + size <= tar.length)) {
    throw new Error(`an archive of a model begins with ${MODEL_FILE}`);
  }
  return ModelDocument.parse(JSON.parse(tar.subarray(TAR_BLOCK, TAR_BLOCK + size).toString("utf8")));
}
