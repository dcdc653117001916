import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { printGiven } from "../contracts/problems";
import { Workload } from "../contracts/tags";
import { CheckedInputs, integerWithin } from "./checkedInputs";
import { componentTags } from "./costAllocation";
import { POOLED_MODEL_DEFAULTS, type PooledModelArgs } from "./pooledModelArgs";

/** Longest name: what it is made of is named after it, with a part. */
const MAX_NAME_LENGTH = 24;

/** The arguments that are the component's own, checked and with defaults. */
export interface CheckedPooledModelArgs {
  readonly archive: string;
  /** SHA-256 of the archive, hexadecimal: its key, so that a new model is a new object. */
  readonly archiveSha256: string;
  readonly nightlyRequests: readonly string[];
  readonly answerRetentionDays: number;
  readonly tags: Record<string, string>;
}

/**
 * Checks the arguments that are the component's own; those of its parts are theirs to check.
 * @throws pulumi.InputPropertiesError with every problem at once
 */
export function checkPooledModelArgs(name: string, args: PooledModelArgs): CheckedPooledModelArgs {
  const checks = new CheckedInputs(`PooledModel ${name}`);
  checks.plain("name", name, {
    allowed: `1 to ${MAX_NAME_LENGTH} lower-case letters, digits and hyphens, beginning with a letter`,
    test: (value) => /^[a-z][a-z0-9-]*$/.test(value) && value.length <= MAX_NAME_LENGTH,
  });
  const nightlyRequests = args.nightlyRequests ?? POOLED_MODEL_DEFAULTS.nightlyRequests;
  checks.plain("nightlyRequests", nightlyRequests, {
    allowed: "one JSON text or more, each without a line break",
    test: (requests) => requests.length > 0 && requests.every(isJsonLine),
  });
  const checked = {
    archive: args.archive,
    archiveSha256: archiveSha256(args.archive, checks),
    nightlyRequests,
    answerRetentionDays: checks.plain(
      "answerRetentionDays",
      args.answerRetentionDays ?? POOLED_MODEL_DEFAULTS.answerRetentionDays,
      integerWithin(1, 3650, "days"),
    ),
    tags: componentTags(name, Workload.Inference, args.costAllocation, args.tags, checks),
  };
  checks.assert();
  return checked;
}

function isJsonLine(text: string): boolean {
  try {
    JSON.parse(text);
    return !/[\r\n]/.test(text);
  } catch {
    return false;
  }
}

function archiveSha256(archive: string, checks: CheckedInputs): string {
  try {
    if (archive.endsWith(".tar.gz"))
      return createHash("sha256")
        .update(readFileSync(path.resolve(archive)))
        .digest("hex");
  } catch {
    // Not there, or no file: named below.
  }
  const allowed = "path of a file that is there and ends with .tar.gz; the project's own are made by `npm run build`";
  checks.add([{ property: "archive", given: printGiven(archive), allowed }]);
  return "";
}
