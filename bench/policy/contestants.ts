import path from "node:path";
import * as z from "zod";

/** A command that judges one workload. */
export interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Exit codes of a run that judged. */
  readonly ends: readonly number[];
  /**
   * @param output what it printed
   * @returns whether it judged all of it: a tool that reads nothing is fast
   */
  judged(output: string): boolean;
}

/** Files of one workload. */
export interface Workload {
  readonly resources: number;
  /** Folder of the program, and its stack of this size. */
  readonly program: string;
  readonly stack: string;
  readonly state: string;
  readonly template: string;
}

export const PROGRAM = "frugal-ml check, program";
export const STATE = "frugal-ml check --state";
export const CHECKOV = "checkov";
export const GUARD = "cfn-guard";

const OwnReport = z.object({ resources: z.number(), counts: z.object({ violations: z.number() }) });
const CheckovReport = z.object({ summary: z.object({ resource_count: z.number(), failed: z.number() }) });
const GuardReport = z.array(z.object({ status: z.literal("FAIL"), not_compliant: z.array(z.unknown()).nonempty() }));

/** Every contestant, as its users call it; none may ask the network. */
export function contestants(
  { resources, program, stack, state, template }: Workload,
  tools: { readonly cli: string; readonly checkov: string; readonly guard: string | undefined },
): readonly Contestant[] {
  const own = (name: string, source: readonly string[]): Contestant => ({
    name,
    command: process.execPath,
    args: [tools.cli, "check", ...source, "--format", "json"],
    ends: [1],
    judged: (output) => {
      const report = OwnReport.parse(JSON.parse(output));
      return report.resources === resources && report.counts.violations > 0;
    },
  });
  const checkov: Contestant = {
    name: CHECKOV,
    command: tools.checkov,
    args: ["--file", template, "--framework", "cloudformation", "--skip-download", "--output", "json"],
    ends: [1],
    judged: (output) => {
      const { summary } = CheckovReport.parse(JSON.parse(output));
      return summary.resource_count === resources && summary.failed > 0;
    },
  };
  const guard = (command: string): Contestant => ({
    name: GUARD,
    command,
    args: [
      ...["validate", "--data", template, "--rules", path.join(__dirname, "rules.guard")],
      ...["--structured", "--output-format", "json", "--show-summary", "none"],
    ],
    ends: [19],
    judged: (output) => GuardReport.safeParse(JSON.parse(output)).success,
  });
  return [
    own(PROGRAM, ["--program", program, "--stack", stack]),
    own(STATE, ["--state", state]),
    checkov,
    ...(tools.guard === undefined ? [] : [guard(tools.guard)]),
  ];
}
