import * as z from "zod";
import { CannotRunError } from "../../contracts/cannotRunError";
import { Delivery } from "../../contracts/delivery";
import { TRANSFORMATION_HASH } from "../../contracts/derived";
import type { DerivedSet } from "../../derived/derivedSet";
import { readJsonFile } from "./readJsonFile";

/** `out/local.json`, as far as it is read. */
const Manifest = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  accessPoints: z.array(
    z.object({
      name: z.string(),
      delivery: z.string(),
      alias: z.string(),
      bucket: z.string(),
      hash: z.string(),
      queueUrl: z.string().optional(),
    }),
  ),
});

/** Outputs of a stack: those of an access point have these names in this repository's program. */
const Outputs = z.record(z.string(), z.unknown());
const AccessPointOutputs = z.object({
  originals: z.string(),
  derivedBucket: z.string(),
  derivedPrefix: z.string(),
  queueUrl: z.string().optional(),
});

/** A set that the command line names part by part. */
export interface NamedDerivedSet {
  readonly source?: string | undefined;
  readonly derived?: string | undefined;
  /** Hash of the transformation, with or without a slash at its end. */
  readonly prefix?: string | undefined;
  readonly queueUrl?: string | undefined;
}

/** How the command line names a set. */
export interface DerivedSetArguments extends NamedDerivedSet {
  /** `out/local.json`, or what `pulumi stack output --json` printed; `-` for standard input. */
  readonly from?: string | undefined;
  /** Which access point of the file; needed when it has several. */
  readonly accessPoint?: string | undefined;
}

/**
 * The set that a command is about.
 * @throws CannotRunError `NoDerivedSet`, saying what is missing
 */
export function readDerivedSet(given: DerivedSetArguments): DerivedSet {
  const { from, accessPoint, source, derived, prefix, queueUrl } = given;
  if (from !== undefined) {
    const named = Object.entries({ source, derived, prefix }).find(([, value]) => value !== undefined);
    if (named) throw refuse(`--${named[0]} says what --from says already; give one of them`);
    return { ...fromFile(from, accessPoint), ...(queueUrl !== undefined && { queueUrl }) };
  }
  if (source === undefined || derived === undefined || prefix === undefined) {
    throw refuse("give --from <file>, or all of --source, --derived and --prefix");
  }
  return { source, derived, hash: hashOf(prefix), ...(queueUrl !== undefined && { queueUrl }) };
}

function fromFile(file: string, accessPoint: string | undefined): DerivedSet {
  const json = readJsonFile(file, "NoDerivedSet");
  const manifest = Manifest.safeParse(json);
  const sets = manifest.success ? manifestSets(manifest.data) : outputSets(json);
  const names = [...sets.keys()];
  if (names.length === 0) throw refuse(`${file} has no access point with the delivery ${Delivery.Materialized}`);
  if (accessPoint === undefined && names.length > 1) {
    throw refuse(`${file} has several access points; choose one with --access-point: ${names.join(", ")}`);
  }
  const chosen = sets.get(accessPoint ?? names[0] ?? "");
  if (chosen === undefined) throw refuse(`${file} has no access point ${accessPoint}; it has ${names.join(", ")}`);
  return chosen;
}

function manifestSets({ accessPoints, ...connection }: z.infer<typeof Manifest>): ReadonlyMap<string, DerivedSet> {
  const materialized = accessPoints.filter(({ delivery }) => delivery === Delivery.Materialized);
  return new Map(
    materialized.map(({ name, alias, bucket, hash, queueUrl }) => {
      return [name, { source: bucket, derived: alias, hash, ...(queueUrl !== undefined && { queueUrl }), connection }];
    }),
  );
}

function outputSets(json: unknown): ReadonlyMap<string, DerivedSet> {
  const outputs = Outputs.safeParse(json);
  const sets = new Map<string, DerivedSet>();
  for (const [name, value] of Object.entries(outputs.success ? outputs.data : {})) {
    const found = AccessPointOutputs.safeParse(value);
    if (!found.success) continue;
    const { originals, derivedBucket, derivedPrefix, queueUrl } = found.data;
    const set = { source: originals, derived: derivedBucket, hash: hashOf(derivedPrefix) };
    sets.set(name, { ...set, ...(queueUrl !== undefined && { queueUrl }) });
  }
  return sets;
}

function hashOf(prefix: string): string {
  const hash = prefix.replace(/\/$/, "");
  if (!TRANSFORMATION_HASH.test(hash)) {
    throw refuse(`--prefix: given ${prefix}; allowed: the 12 hexadecimal digits of a transformation's hash`);
  }
  return hash;
}

function refuse(message: string): CannotRunError {
  return new CannotRunError("NoDerivedSet", message);
}
