import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import * as z from "zod";
import { RESULTS_FOLDER } from "../../contracts/fleetContainer";
import { QuarantineReason, type TrainingResult } from "../../contracts/fleetManifest";
import { backtestSchema } from "../../fleet/backtestSchema";
import { type ModelDocument, unpackModel } from "./modelArchive";

/** One line of a log of results. */
const Result = z.object({
  customer: z.string(),
  inputHash: z.string(),
  status: z.enum(["fitted", "quarantined"]),
  reason: z.enum(QuarantineReason).optional(),
  detail: z.string().optional(),
  points: z.int(),
  backtest: backtestSchema.optional(),
  durationMs: z.number().optional(),
});

/** Ending of an archive's name while it is being written; no caller asks for such a key. */
const UNFINISHED = ".part";

/**
 * The models of a version as SageMaker's checkpoints: archives beside a log of results for each host and attempt. SageMaker
 * copies every file here to S3 as it appears, and what is there back to every host after an interruption.
 */
export class Checkpoints {
  readonly #log: string;

  /**
   * @param folder `/opt/ml/checkpoints`
   * @param attempt names this host's log: a log of its own, because hosts get each other's back and would overwrite them
   */
  constructor(
    private readonly folder: string,
    attempt: string,
  ) {
    mkdirSync(path.join(folder, RESULTS_FOLDER), { recursive: true });
    this.#log = path.join(folder, RESULTS_FOLDER, `${attempt}.jsonl`);
  }

  /**
   * Begins an attempt: removes what a killed one was writing, and lays down this one's log, so that a host without
   * customers has one too, and the folder of the results is never empty.
   */
  begin(): void {
    appendFileSync(this.#log, "");
    for (const name of readdirSync(this.folder)) {
      if (name.endsWith(UNFINISHED)) rmSync(path.join(this.folder, name), { force: true });
    }
  }

  /** Results of earlier attempts, by encoded customer; a line that was cut off says nothing. */
  earlierResults(nameOf: (customer: string) => string): Map<string, TrainingResult> {
    return readResults(path.join(this.folder, RESULTS_FOLDER), nameOf);
  }

  /** What was fitted for a customer, from its archive; undefined when there is none, or none that can be read. */
  earlierModel(name: string): ModelDocument | undefined {
    const file = this.#archive(name);
    if (!existsSync(file)) return undefined;
    try {
      return unpackModel(readFileSync(file));
    } catch {
      return undefined;
    }
  }

  /** Whether an archive of a customer is there. */
  has(name: string): boolean {
    return existsSync(this.#archive(name));
  }

  /** Keeps an archive: written aside and renamed in, so that its own name never holds half of it. */
  keep(name: string, archive: Uint8Array): void {
    // In the same folder: SageMaker mounts each folder by itself, and a rename cannot leave a mount.
    const aside = path.join(this.folder, `.${name}${UNFINISHED}`);
    writeFileSync(aside, archive);
    renameSync(aside, this.#archive(name));
  }

  /** Removes a customer's archive, which a quarantined series must not leave behind. */
  drop(name: string): void {
    rmSync(this.#archive(name), { force: true });
  }

  /** Adds results to this attempt's log. */
  log(results: readonly TrainingResult[]): void {
    if (results.length > 0)
      appendFileSync(this.#log, `${results.map((result) => JSON.stringify(result)).join("\n")}\n`);
  }

  #archive(name: string): string {
    return path.join(this.folder, `${name}.tar.gz`);
  }
}

/**
 * Reads every log of results in a folder, the later attempt last.
 * @param nameOf key of a customer in the result
 */
export function readResults(folder: string, nameOf: (customer: string) => string): Map<string, TrainingResult> {
  const results = new Map<string, TrainingResult>();
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
  for (const name of names.sort((a, b) => beganAt(a) - beganAt(b) || (a < b ? -1 : 1))) {
    for (const line of readFileSync(path.join(folder, name), "utf8").split("\n")) {
      const result = parseResult(line);
      if (result !== undefined) results.set(nameOf(result.customer), result);
    }
  }
  return results;
}

/** When the attempt that a log is named after began: hosts share a folder, and a later attempt may be another host's. */
function beganAt(log: string): number {
  return Number.parseInt(/([0-9a-z]+)\.jsonl$/.exec(log)?.[1] ?? "0", 36);
}

function parseResult(line: string): TrainingResult | undefined {
  try {
    return line === "" ? undefined : Result.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
