import { CommandLineProblems } from "../../contracts/commandLineProblems";
import { FAIL_ON, type FailOn } from "../check/failOn";
import { type CheckFormat, CHECK_FORMATS as FORMATS } from "../report/checkFormats";
import { type GraphSource, graphSource, type SourceArguments } from "./graphSource";

/** What the command line of `frugal-ml check` says, as commander reads it. */
export interface CheckArguments extends SourceArguments {
  readonly pack: readonly string[];
  readonly config?: string;
  readonly exceptions?: string;
  readonly baseline?: string;
  readonly failOn: string;
  readonly format: string;
  readonly out?: string;
  readonly report: readonly string[];
  readonly markdownLimit?: string;
}

/** A report and the file it goes to; standard output when there is none. */
export interface CheckOutput {
  readonly format: CheckFormat;
  readonly file?: string;
}

/** What is to be done. */
export interface CheckPlan {
  readonly source: GraphSource;
  readonly failOn: FailOn;
  readonly outputs: readonly CheckOutput[];
  readonly markdownLimit?: number;
}

/** Fewest characters of Markdown: less than this has no room for the heading. */
const LEAST_MARKDOWN = 2_000;

/**
 * Reads the command line.
 * @throws CannotRunError `BadUsage` with every problem at once
 */
export function checkPlan(given: CheckArguments): CheckPlan {
  const problems = new CommandLineProblems();
  const source = graphSource(given, problems);
  const failOn = FAIL_ON.find((word) => word === given.failOn);
  if (failOn === undefined) problems.refuse("--fail-on", given.failOn, `one of ${FAIL_ON.join(", ")}`);
  const outputs = readOutputs(given, problems);
  const markdownLimit = given.markdownLimit === undefined ? undefined : Number(given.markdownLimit);
  if (markdownLimit !== undefined && !(Number.isInteger(markdownLimit) && markdownLimit >= LEAST_MARKDOWN)) {
    problems.refuse("--markdown-limit", given.markdownLimit, `a whole number of at least ${LEAST_MARKDOWN} characters`);
  }
  if (problems.any || failOn === undefined) throw problems.error();
  return { source, failOn, outputs, ...(markdownLimit !== undefined && { markdownLimit }) };
}

function readOutputs({ format, out, report }: CheckArguments, problems: CommandLineProblems): readonly CheckOutput[] {
  const formatOf = (text: string) => FORMATS.find((word) => word === text);
  const words = `one of ${FORMATS.join(", ")}`;
  const main = formatOf(format);
  if (main === undefined) problems.refuse("--format", format, words);
  const reports = report.flatMap((text): CheckOutput[] => {
    const [, name = "", file = ""] = /^([^=]*)=(.+)$/.exec(text) ?? [];
    const found = formatOf(name);
    if (found && file !== "") return [{ format: found, file }];
    problems.refuse("--report", text, `FORMAT=FILE, where FORMAT is ${words}`);
    return [];
  });
  const outputs = [...(main ? [{ format: main, ...(out !== undefined && { file: out }) }] : []), ...reports];
  const files = outputs.flatMap(({ file }) => (file === undefined ? [] : [file]));
  for (const file of new Set(files.filter((name, index) => files.indexOf(name) !== index))) {
    problems.refuse("--out, --report", file, "a file for one report only");
  }
  return outputs;
}
