import type { CommandLineProblems } from "../../contracts/commandLineProblems";

/** Where a graph comes from. */
export type GraphSource =
  | { readonly kind: "program"; readonly folder: string; readonly stack?: string }
  | { readonly kind: "state"; readonly file: string }
  | { readonly kind: "preview"; readonly file: string };

/** What a command line says of it. */
export interface SourceArguments {
  readonly stack?: string;
  readonly program?: string;
  readonly state?: string;
  readonly preview?: string;
}

/** Reads which one is meant: this folder's program, when nothing is said. */
export function graphSource(
  { stack, program, state, preview }: SourceArguments,
  problems: CommandLineProblems,
): GraphSource {
  const asked = Object.entries({ "--program": program, "--state": state, "--preview": preview });
  const sources = asked.flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (sources.length > 1)
    problems.refuse(sources.join(", "), sources.length, "one of them, since it is about one stack");
  const file = state ?? preview;
  if (file === undefined) return { kind: "program", folder: program ?? ".", ...(stack !== undefined && { stack }) };
  if (stack !== undefined) problems.refuse("--stack", stack, "only with a program; a state or preview is of one stack");
  return { kind: state === undefined ? "preview" : "state", file };
}
