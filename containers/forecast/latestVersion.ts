import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { LATEST_OBJECT } from "../../contracts/fleetLayout";
import { CustomerStatus, type FleetManifest, QuarantineReason } from "../../contracts/fleetManifest";
import { ContainerFailure } from "./containerFailure";

const Rate = z.number().nullable();
const Counts = z.object({ fitted: z.int(), kept: z.int(), quarantined: z.int(), absent: z.int() });

/** The manifest of a version, as `publish` wrote it. */
const Manifest = z.object({
  schema: z.literal(1),
  fleet: z.string(),
  version: z.string(),
  previous: z.string().optional(),
  completedAt: z.string(),
  counts: Counts,
  medianMase: Rate,
  medianNaiveMase: Rate,
  customers: z.array(
    z.object({
      customer: z.string(),
      status: z.enum(CustomerStatus),
      inputHash: z.string().optional(),
      points: z.int().optional(),
      backtest: z
        .object({ holdout: z.int(), mase: Rate, mape: Rate, naiveMase: Rate, naiveMape: Rate, coverage: Rate })
        .optional(),
      model: z.string().optional(),
      pointer: z.string().optional(),
      durationMs: z.number().optional(),
      reason: z.enum(QuarantineReason).optional(),
      detail: z.string().optional(),
    }),
  ),
});

/**
 * Reads a manifest.
 * @throws ContainerFailure BadState when it is none
 */
export function parseManifest(text: string): FleetManifest {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new ContainerFailure("BadState", `${LATEST_OBJECT} is not JSON`, { cause });
  }
  const manifest = Manifest.safeParse(given);
  if (manifest.success) return manifest.data;
  throw new ContainerFailure("BadState", `${LATEST_OBJECT} is no manifest: ${z.prettifyError(manifest.error)}`);
}

/** What the last complete version says of a customer. */
export interface KnownCustomer {
  readonly inputHash: string | undefined;
  /** Whether a model was made of exactly this input. */
  readonly kept: boolean;
  readonly reason?: QuarantineReason | undefined;
  readonly detail?: string | undefined;
}

/** The manifest of the last complete version, from the folder of the state; undefined before the first. */
export async function readLatestManifest(folder: string): Promise<FleetManifest | undefined> {
  const text = await readFile(path.join(folder, LATEST_OBJECT), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseManifest(text);
}

/** Customers of the last complete version, by id; empty before the first. */
export async function readLatest(folder: string): Promise<ReadonlyMap<string, KnownCustomer>> {
  const customers = (await readLatestManifest(folder))?.customers ?? [];
  return new Map(
    customers.map(({ customer, status, inputHash, reason, detail }) => {
      const kept = status === CustomerStatus.Fitted || status === CustomerStatus.Kept;
      // Who was gone and comes back is fitted anew.
      const hash = status === CustomerStatus.Absent ? undefined : inputHash;
      return [customer, { inputHash: hash, kept, reason, detail }];
    }),
  );
}
