import * as z from "zod";
import { LATEST_OBJECT } from "../contracts/fleetLayout";
import { CustomerStatus, type FleetManifest, QuarantineReason } from "../contracts/fleetManifest";
import { InvalidInputError } from "../contracts/problems";
import { backtestSchema } from "./backtestSchema";

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
      backtest: backtestSchema.optional(),
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
 * @param name what was read, for the message
 * @throws InvalidInputError when it is none
 */
export function parseManifest(text: string, name = LATEST_OBJECT): FleetManifest {
  const manifest = Manifest.safeParse(jsonOf(text));
  if (manifest.success) return manifest.data;
  throw new InvalidInputError(
    name,
    manifest.error.issues.map(({ path, message }) => ({
      property: path.join(".") || "content",
      given: "something else",
      allowed: message,
    })),
  );
}

/** A manifest as JSON with a line for each customer, so that it can be searched and compared line by line. */
export function manifestText({ customers, ...head }: FleetManifest): string {
  const lines = customers.map((customer) => JSON.stringify(customer)).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)},"customers":[\n${lines}\n]}\n`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
