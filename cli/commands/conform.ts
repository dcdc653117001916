import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { CannotRunError } from "../../contracts/cannotRunError";
import { printGiven } from "../../contracts/problems";
import { writeWhole } from "../check/writeWhole";
import { HINT, runConform } from "../conform/runConform";
import { conformJUnit } from "../report/conformJUnit";
import { conformSummary, conformText } from "../report/conformText";
import { jsonText } from "../report/jsonText";

const FORMATS = {
  text: conformText,
  json: jsonText,
  junit: conformJUnit,
} as const;

interface ConformArguments {
  readonly multiModel?: boolean;
  readonly model?: string;
  readonly secondModel?: string;
  readonly invoke?: string;
  readonly contentType: string;
  readonly accept?: string;
  readonly fill?: number;
  readonly timeout?: number;
  readonly startTimeout?: number;
  readonly format: keyof typeof FORMATS;
  readonly out?: string;
}

/**
 * `frugal-ml conform`: anyone's container, judged by SageMaker's contract for hosting. Its exit code is 0 when every `must`
 * holds, 1 when one does not, and 2 when there is nothing to judge.
 */
export function conformCommand(): Command {
  return new Command("conform")
    .description("judge a hosting container by SageMaker's contract")
    .argument("<url>", "where the container listens, for example http://127.0.0.1:8080", parseUrl)
    .option("--multi-model", "it runs with SAGEMAKER_MULTI_MODEL=true")
    .option("--model <dir>", "folder of a model, as the container sees it")
    .option("--second-model <dir>", "folder of another model (default: the same)")
    .option("--invoke <body>", "request that the model answers; @FILE reads it from a file")
    .option("--content-type <type>", "type of that request", "application/json")
    .option("--accept <type>", "type that the answer must have")
    .option("--fill <n>", "load up to this many models until memory is short", positive)
    .option("--timeout <seconds>", "longest wait for one answer (default: 60, and 360 for a load)", positive)
    .option("--start-timeout <seconds>", "longest wait for a container that starts (default: 240)", positive)
    .addOption(new Option("--format <format>", "form of the report").choices(Object.keys(FORMATS)).default("text"))
    .option("--out <file>", "write the report there, and print its last line only")
    .addHelpText("after", `\n${HINT}`)
    .action(conform);
}

async function conform(url: URL, given: ConformArguments): Promise<void> {
  const { model, secondModel, multiModel = false, format, out } = given;
  if (!multiModel && (model !== undefined || secondModel !== undefined || given.fill !== undefined))
    throw new CannotRunError(
      "BadUsage",
      "--model, --second-model and --fill are of multi-model containers: give --multi-model",
    );
  if (model === undefined && secondModel !== undefined)
    throw new CannotRunError("BadUsage", "--second-model is a second one: give --model too");
  const result = await runConform(url, {
    multiModel,
    model,
    secondModel,
    body: given.invoke === undefined ? undefined : bodyOf(given.invoke),
    contentType: given.contentType,
    accept: given.accept,
    fill: given.fill,
    timeoutSeconds: given.timeout,
    startSeconds: given.startTimeout,
  });
  const report = FORMATS[format](result);
  if (out === undefined) process.stdout.write(report);
  else {
    writeWhole(out, report);
    process.stdout.write(`${conformSummary(result)}\n`);
  }
  process.exitCode = result.ok ? 0 : 1;
}

function bodyOf(given: string): string | Buffer {
  if (!given.startsWith("@")) return given;
  try {
    return readFileSync(given.slice(1));
  } catch (cause) {
    throw new CannotRunError("BadUsage", `--invoke: ${given.slice(1)} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" || url.pathname !== "/" || url.search !== "" || url.username !== "")
    throw new InvalidArgumentError(`Given ${printGiven(text)}. Allowed: http://<host>:<port>`);
  return url;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError("Allowed: a number above 0.");
  return number;
}
