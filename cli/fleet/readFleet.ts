import * as z from "zod";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { FleetConnection } from "../../fleet/fleetStore";
import { readJsonFile } from "../derived/readJsonFile";

/** `out/local.json`, as far as it is read. */
const Manifest = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  fleets: z.array(z.object({ name: z.string(), fleetUri: z.string(), dataUri: z.string().optional() })),
});

/** Outputs of a fleet in a stack, by the names of this repository's program. */
const FleetOutputs = z.object({ models: z.string(), data: z.string().optional() });

/** A folder: without a slash at its end its neighbours would be meant too. */
const FOLDER = /^s3:\/\/[^/]+\/(.+\/)?$/;

/** How the command line names a fleet. */
export interface FleetArguments {
  /** `out/local.json`, or what `pulumi stack output --json` printed; `-` for standard input. */
  readonly from?: string | undefined;
  /** Which fleet of the file; needed when it has several. */
  readonly fleet?: string | undefined;
  /** `s3://` address of the fleet's folder, instead of a file. */
  readonly uri?: string | undefined;
  /** `s3://` address of the dataset, with `uri`. */
  readonly data?: string | undefined;
}

/** A fleet that a command is about. */
export interface NamedFleet {
  /** `s3://` address above `models/`; ends with a slash. */
  readonly fleetUri: string;
  readonly dataUri?: string | undefined;
  readonly connection?: FleetConnection | undefined;
}

/**
 * The fleet that a command is about.
 * @throws CannotRunError `NoFleet`, saying what is missing
 */
export function readFleet({ from, fleet, uri, data }: FleetArguments): NamedFleet {
  if (data !== undefined && uri === undefined) throw refuse("--data goes with --uri; --from says it by itself");
  if (uri !== undefined) {
    if (from !== undefined) throw refuse("--uri says what --from says already; give one of them");
    const wrong = Object.entries({ uri, data }).filter(([, given]) => given !== undefined && !FOLDER.test(given));
    if (wrong.length > 0) {
      throw refuse(
        wrong.map(([name, given]) => `--${name}: given ${given}; allowed: s3://<bucket>/<folder>/`).join("; "),
      );
    }
    return { fleetUri: uri, dataUri: data };
  }
  if (from === undefined) throw refuse("give --from <file>, or --uri s3://<bucket>/<folder>/");
  const fleets = fleetsOf(readJsonFile(from, "NoFleet"));
  const names = [...fleets.keys()];
  if (names.length === 0) throw refuse(`${from} has no fleet`);
  if (fleet === undefined && names.length > 1) {
    throw refuse(`${from} has several fleets; choose one with --fleet: ${names.join(", ")}`);
  }
  const chosen = fleets.get(fleet ?? names[0] ?? "");
  if (chosen === undefined) throw refuse(`${from} has no fleet ${fleet}; it has ${names.join(", ")}`);
  return chosen;
}

function fleetsOf(json: unknown): ReadonlyMap<string, NamedFleet> {
  const manifest = Manifest.safeParse(json);
  if (manifest.success) {
    const { fleets, ...connection } = manifest.data;
    return new Map(fleets.map(({ name, fleetUri, dataUri }) => [name, { fleetUri, dataUri, connection }]));
  }
  const outputs = z.record(z.string(), z.unknown()).safeParse(json);
  const found = Object.entries(outputs.success ? outputs.data : {}).flatMap(([name, value]) => {
    const fleet = FleetOutputs.safeParse(value);
    if (!fleet.success) return [];
    const fleetUri = fleet.data.models.replace(/models\/$/, "");
    return [[name, { fleetUri, dataUri: fleet.data.data }] as const];
  });
  return new Map(found);
}

function refuse(message: string): CannotRunError {
  return new CannotRunError("NoFleet", message);
}
