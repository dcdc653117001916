import { Command, InvalidArgumentError } from "commander";
import { waitUntilComplete } from "../../derived/completeness";
import { derivedSetS3Client } from "../derived/derivedSetClients";
import { type DerivedSetArguments, readDerivedSet } from "../derived/readDerivedSet";
import { completenessJson, completenessText } from "../report/derivedText";
import { withDerivedSet, withServices } from "./derivedSetOptions";

interface CompleteArguments extends DerivedSetArguments {
  readonly wait: number;
  readonly allowQuarantined?: boolean;
  readonly list: number;
  readonly json?: boolean;
}

/**
 * `frugal-ml complete`: whether everything is derived from the originals as they are, so that training may begin. Its
 * exit code is 0 when it is, 1 when not, with the keys; what keeps it from checking is thrown as CannotRunError.
 */
export function completeCommand(): Command {
  return withDerivedSet(new Command("complete"))
    .description("compare originals with derived objects")
    .option("--wait <seconds>", "look again for so long while events are under way", wholeNumber, 0)
    .option("--allow-quarantined", "accept that originals which cannot be normalised have no derived object")
    .option("--list <number>", "most keys to print", wholeNumber, 20)
    .option("--json", "print what was found as JSON")
    .action(complete);
}

async function complete({ wait, allowQuarantined, list, json, ...given }: CompleteArguments): Promise<void> {
  const set = readDerivedSet(given);
  const client = derivedSetS3Client(set);
  try {
    const found = await withServices(() => waitUntilComplete(client, set, wait, { allowQuarantined, listed: list }));
    process.stdout.write(json ? completenessJson(found) : completenessText(found));
    process.exitCode = found.complete ? 0 : 1;
  } finally {
    client.destroy();
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Allowed: an integer from 0 to 999999999.");
  return Number(text);
}
