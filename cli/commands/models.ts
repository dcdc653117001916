import { Command, InvalidArgumentError, Option } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";
import { CustomerStatus } from "../../contracts/fleetManifest";
import { InvalidInputError } from "../../contracts/problems";
import { parseS3Uri } from "../../contracts/s3Location";
import { FleetStore } from "../../fleet/fleetStore";
import type { FleetRoot } from "../../fleet/pointers";
import { eraseCustomer } from "../fleet/eraseCustomer";
import { fleetStanding, pinModel, releaseModel, rollBackModel } from "../fleet/fleetModels";
import { type FleetArguments, readFleet } from "../fleet/readFleet";
import { jsonText } from "../report/jsonText";
import { modelsText } from "../report/modelsText";
import { withServices } from "./derivedSetOptions";

interface MoveArguments extends FleetArguments {
  readonly json?: boolean;
}

interface ListArguments extends MoveArguments {
  readonly customer?: string;
  readonly status?: string;
  readonly limit: number;
}

/** `frugal-ml models`: what a fleet published, and what an operator does with it. */
export function modelsCommand(): Command {
  const command = new Command("models").description("list, pin, release, roll back and erase the models of a fleet");
  command
    .addCommand(
      withFleet(new Command("list"))
        .description("how the customers stand in the last complete version")
        .option("--customer <id>", "this one alone")
        .addOption(new Option("--status <status>", "of this status alone").choices(Object.values(CustomerStatus)))
        .option("--limit <number>", "most customers to print", wholeNumber, 50)
        .action(list),
    )
    .addCommand(
      withFleet(new Command("pin"))
        .description("hold a customer at the model of a version, whatever later runs publish")
        .argument("<customer>")
        .requiredOption("--version-id <version>", "version of the model")
        .action((customer: string, given: MoveArguments & { readonly versionId: string }) =>
          moved(given, customer, (place) => pinModel(place, customer, given.versionId)),
        ),
    )
    .addCommand(
      withFleet(new Command("release"))
        .description("let a pinned customer follow the runs again")
        .argument("<customer>")
        .action((customer: string, given: MoveArguments) =>
          moved(given, customer, (place) => releaseModel(place, customer)),
        ),
    )
    .addCommand(
      withFleet(new Command("rollback"))
        .description("go back to a customer's model before the current one, and hold it there")
        .argument("<customer>")
        .action((customer: string, given: MoveArguments) =>
          moved(given, customer, (place) => rollBackModel(place, customer)),
        ),
    )
    .addCommand(
      withFleet(new Command("erase"))
        .description("remove a customer's data, models and pointer, with every earlier version")
        .argument("<customer>")
        .requiredOption("--yes", "it cannot be undone")
        .action(erase),
    );
  return command;
}

function withFleet(command: Command): Command {
  return command
    .exitOverride()
    .option("--from <file>", "out/local.json, or the output of `pulumi stack output --json` (- for standard input)")
    .option("--fleet <name>", "which fleet of that file, when it has several")
    .option("--uri <uri>", "s3://<bucket>/<folder>/ of the fleet, instead of --from")
    .option("--data <uri>", "s3://<bucket>/<folder>/ of its dataset, with --uri; for erase")
    .option("--json", "print what is found or done as JSON");
}

async function list(given: ListArguments): Promise<void> {
  await inFleet(given, async (place) => {
    const { manifest, pinned } = await fleetStanding(place);
    const { customer, status, limit, json } = given;
    const chosen = manifest.customers.filter(
      (one) => (customer === undefined || one.customer === customer) && (status === undefined || one.status === status),
    );
    const shown = chosen.slice(0, limit);
    const entries = shown.map((one) => ({ ...one, pinned: pinned.has(one.customer) }));
    process.stdout.write(json ? jsonText(entries) : modelsText(manifest, pinned, shown));
    if (customer !== undefined && chosen.length === 0) process.exitCode = 1;
  });
}

async function moved(
  given: MoveArguments,
  customer: string,
  move: (place: FleetRoot) => Promise<string>,
): Promise<void> {
  await inFleet(given, async (place) => {
    const model = await move(place);
    process.stdout.write(given.json ? jsonText({ customer, model }) : `${JSON.stringify(customer)} is at ${model}\n`);
  });
}

async function erase(customer: string, given: MoveArguments): Promise<void> {
  await inFleet(given, async (place, data) => {
    const erased = await eraseCustomer(place, data, customer);
    const { objects, rewritten, versions } = erased;
    const text = `${objects} objects of its own, ${rewritten} rewritten without it, ${versions} versions gone`;
    process.stdout.write(
      given.json ? jsonText({ customer, ...erased }) : `${JSON.stringify(customer)} is erased: ${text}\n`,
    );
  });
}

async function inFleet(
  given: FleetArguments,
  run: (place: FleetRoot, data: FleetRoot | undefined) => Promise<void>,
): Promise<void> {
  const { fleetUri, dataUri, connection } = readFleet(given);
  const places = [fleetUri, dataUri].map((uri) => {
    if (uri === undefined) return undefined;
    const { bucket, prefix } = parseS3Uri(uri);
    return { store: new FleetStore(bucket, connection), root: prefix };
  });
  const [place, data] = places;
  if (place === undefined) return;
  try {
    await withServices(() => run(place, data).catch(asUsage));
  } finally {
    for (const one of places) one?.store.close();
  }
}

/** An id or version that cannot be one is the command line's fault. */
function asUsage(error: unknown): never {
  if (error instanceof InvalidInputError) throw new CannotRunError(error.code, error.message, { cause: error });
  throw error;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Allowed: an integer from 0 to 999999999.");
  return Number(text);
}
