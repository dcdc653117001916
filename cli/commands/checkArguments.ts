import { CannotRunError } from "../../contracts/cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "../../contracts/problems";
import { FAIL_ON, type FailOn } from "../check/failOn";
import { type CheckFormat, CHECK_FORMATS as FORMATS } from "../report/checkFormats";

/** What the command line of `frugal-ml check` says, as commander reads it. */
export interface CheckArguments {
  readonly stack?: string;
  readonly program?: string;
  readonly state?: string;
  readonly preview?: string;
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

/** Where the graph comes from. */
export type CheckSource =
  | { readonly kind: "program"; readonly folder: string; readonly stack?: string }
  | { readonly kind: "state"; readonly file: string }
  | { readonly kind: "preview"; readonly file: string };

/** A report and the file it goes to; standard output when there is none. */
export interface CheckOutput {
  readonly format: CheckFormat;
  readonly file?: string;
}

/** What is to be done. */
export interface CheckPlan {
  readonly source: CheckSource;
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
  const problems: Problem[] = [];
  const refuse = (property: string, value: unknown, allowed: string): void =>
    void problems.push({ property, given: printGiven(value), allowed });

  const source = readSource(given, refuse);
  const failOn = FAIL_ON.find((word) => word === given.failOn);
  if (failOn === undefined) refuse("--fail-on", given.failOn, `one of ${FAIL_ON.join(", ")}`);
  const outputs = readOutputs(given, refuse);
  const markdownLimit = given.markdownLimit === undefined ? undefined : Number(given.markdownLimit);
  if (markdownLimit !== undefined && !(Number.isInteger(markdownLimit) && markdownLimit >= LEAST_MARKDOWN)) {
    refuse("--markdown-limit", given.markdownLimit, `a whole number of at least ${LEAST_MARKDOWN} characters`);
  }
  if (problems.length > 0 || failOn === undefined) {
    throw new CannotRunError("BadUsage", new InvalidInputError("command line", problems).message);
  }
  return { source, failOn, outputs, ...(markdownLimit !== undefined && { markdownLimit }) };
}

type Refuse = (property: string, value: unknown, allowed: string) => void;

function readSource({ stack, program, state, preview }: CheckArguments, refuse: Refuse): CheckSource {
  const asked = Object.entries({ "--program": program, "--state": state, "--preview": preview });
  const sources = asked.flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (sources.length > 1) refuse(sources.join(", "), sources.length, "one of them, since one stack is checked");
  const file = state ?? preview;
  if (file === undefined) return { kind: "program", folder: program ?? ".", ...(stack !== undefined && { stack }) };
  if (stack !== undefined) refuse("--stack", stack, "only with a program; a state or preview is of one stack");
  return { kind: state === undefined ? "preview" : "state", file };
}

function readOutputs({ format, out, report }: CheckArguments, refuse: Refuse): readonly CheckOutput[] {
  const formatOf = (text: string) => FORMATS.find((word) => word === text);
  const words = `one of ${FORMATS.join(", ")}`;
  const main = formatOf(format);
  if (main === undefined) refuse("--format", format, words);
  const reports = report.flatMap((text): CheckOutput[] => {
    const [, name = "", file = ""] = /^([^=]*)=(.+)$/.exec(text) ?? [];
    const found = formatOf(name);
    if (found && file !== "") return [{ format: found, file }];
    refuse("--report", text, `FORMAT=FILE, where FORMAT is ${words}`);
    return [];
  });
  const outputs = [...(main ? [{ format: main, ...(out !== undefined && { file: out }) }] : []), ...reports];
  const files = outputs.flatMap(({ file }) => (file === undefined ? [] : [file]));
  for (const file of new Set(files.filter((name, index) => files.indexOf(name) !== index))) {
    refuse("--out, --report", file, "a file for one report only");
  }
  return outputs;
}
