import { Command } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";
import { backfill } from "../derived/backfill";
import { derivedSetS3Client, derivedSetSqsClient } from "../derived/derivedSetClients";
import { type DerivedSetArguments, readDerivedSet } from "../derived/readDerivedSet";
import { backfillText } from "../report/derivedText";
import { jsonText } from "../report/jsonText";
import { withDerivedSet, withServices } from "./derivedSetOptions";

interface BackfillArguments extends DerivedSetArguments {
  readonly retryQuarantined?: boolean;
  readonly json?: boolean;
}

/** `frugal-ml backfill`: has derived what was there before its bucket notified, or what events were lost of. */
export function backfillCommand(): Command {
  return withDerivedSet(new Command("backfill"))
    .description("send a message for each original that is not derived as it is")
    .option("--retry-quarantined", "try originals again that could not be normalised")
    .option("--json", "print the counts as JSON")
    .action(run);
}

async function run({ retryQuarantined, json, ...given }: BackfillArguments): Promise<void> {
  const set = readDerivedSet(given);
  const { queueUrl } = set;
  if (queueUrl === undefined)
    throw new CannotRunError("NoDerivedSet", "give --queue-url, or --from a file that has it");
  const clients = { s3: derivedSetS3Client(set), sqs: derivedSetSqsClient(set) };
  try {
    const done = await withServices(() => backfill(clients, { ...set, queueUrl }, { retryQuarantined }));
    process.stdout.write(json ? jsonText(done) : backfillText(done));
  } finally {
    clients.s3.destroy();
    clients.sqs.destroy();
  }
}
