import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Backtest } from "../../contracts/fleetManifest";
import { TAR_BLOCK, tarHeader } from "../../contracts/tarHeader";
import { backtestSchema } from "../../fleet/backtestSchema";
import { JsonBytes } from "./jsonBytes";
import type { SeriesAxis } from "./seriesAxis";

/** The one file in a model's archive. */
export const MODEL_FILE = "model.json";

/** Most bytes that a model's archive is unpacked to. */
export const LARGEST_MODEL = 64 * 1024 * 1024;

/** Form of the archives; part of every input hash, so that a new form fits every customer anew. */
export const MODEL_SCHEMA = 2;

/** Takes less time than 4 does, for archives that are hardly larger. */
const COMPRESSION = 1;

/** What `model.json` says besides the model itself. */
const ModelDocument = z.object({
  schema: z.literal(MODEL_SCHEMA),
  customer: z.string(),
  /** Name and revision of what fitted it. */
  module: z.string(),
  /** SHA-256 of what it was fitted from. */
  inputHash: z.string(),
  /** Distinct timestamps. */
  points: z.int(),
  /** Where the series ends and how it goes on. */
  axis: z.object({
    last: z.number(),
    step: z.discriminatedUnion("unit", [
      z.object({ unit: z.literal("milliseconds"), length: z.number().positive() }),
      z.object({ unit: z.literal("months"), count: z.int().positive(), day: z.int().min(1).max(31) }),
    ]),
  }),
  backtest: backtestSchema.optional(),
  model: z.unknown(),
});

/** A customer's model as it is stored. The same input gives the same bytes, so nothing in it tells when it was made. */
export interface ModelDocument {
  readonly schema: typeof MODEL_SCHEMA;
  readonly customer: string;
  readonly module: string;
  readonly inputHash: string;
  readonly points: number;
  readonly axis: SeriesAxis;
  readonly backtest?: Backtest | undefined;
  readonly model: unknown;
}

/**
 * Checks what was read from `model.json`, all but the model itself, which is its module's.
 * @throws z.ZodError that names everything that is wrong
 */
export function readModelDocument(document: unknown): ModelDocument {
  return ModelDocument.parse(document);
}

const json = new JsonBytes();

/** Packs a model as `model.json` in a tar.gz. */
export function packModel(document: ModelDocument): Uint8Array {
  // Up to a whole block, and the two empty ones that end an archive.
  const bytes = json.write(document, TAR_BLOCK, 3 * TAR_BLOCK);
  const end = bytes.length - 3 * TAR_BLOCK;
  tarHeader({ type: "0", name: MODEL_FILE, size: end - TAR_BLOCK, seconds: 0 }).copy(bytes);
  const blocks = Math.ceil(end / TAR_BLOCK) + 2;
  return gzipSync(bytes.fill(0, end).subarray(0, blocks * TAR_BLOCK), { level: COMPRESSION });
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
  return readModelDocument(JSON.parse(tar.subarray(TAR_BLOCK, TAR_BLOCK + size).toString("utf8")));
}
