import { appendFileSync } from "node:fs";
import { Command } from "commander";
import type { CheckResult } from "../check/checkResult";
import { DEFAULT_FAIL_ON, FAIL_ON, failing } from "../check/failOn";
import type { CheckArguments, CheckPlan } from "./checkArguments";

/** File that the runner of GitHub Actions shows on a run's page. */
const STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

/**
 * `frugal-ml check`: what a program would declare, or a file of the engine says, judged by policy packs without a
 * cloud. Its exit code is 0 when nothing fails and 1 when something does; what keeps it from checking is thrown as
 * CannotRunError.
 */
export function checkCommand(): Command {
  return new Command("check")
    .description("judge a stack by policy packs, without a cloud")
    .option("--stack <name>", "stack of the program (default: local, or the only one)")
    .option("--program <dir>", "folder of a Pulumi program in Node.js (default: this folder)")
    .option("--state <file>", "an exported stack (pulumi stack export) instead of a program")
    .option("--preview <file>", "a preview (pulumi preview --json --show-sames) instead of a program")
    .option("--pack <dir>", "folder of a policy pack to run besides ours; repeatable", appended, [])
    .option("--config <file>", "policy configuration, as pulumi's --policy-pack-config takes it")
    .option("--exceptions <file>", "reviewed exceptions (default: frugal-ml-exceptions.yaml beside Pulumi.yaml)")
    .option("--baseline <file>", "an earlier check's JSON: what it found already does not fail")
    .option("--fail-on <what>", `what makes it fail: ${FAIL_ON.join(", ")}`, DEFAULT_FAIL_ON)
    .option("--format <format>", "text, json, sarif, junit, markdown or github", "text")
    .option("--out <file>", "file for the report (default: standard output)")
    .option("--report <format=file>", "one more report of the same check; repeatable", appended, [])
    .option("--markdown-limit <characters>", "most characters of Markdown (default: what a comment may hold)")
    .action(check);
}

async function check(given: CheckArguments): Promise<void> {
  const { checkPlan } = await import("./checkArguments.js");
  const plan = checkPlan(given);
  const { readPolicyConfiguration } = await import("./readPolicyConfiguration.js");
  const { readBaseline } = await import("../check/baseline.js");
  const { readGraph } = await import("./readGraph.js");
  const { readExceptions } = await import("../check/exceptions/readExceptions.js");

  const configuration = given.config === undefined ? {} : readPolicyConfiguration(given.config);
  const baseline = given.baseline === undefined ? undefined : readBaseline(given.baseline);
  const asked = given.exceptions === undefined ? undefined : readExceptions(given.exceptions);
  // A program takes a second to start, in a process of its own: time to load the rules in.
  const [{ graph, stackConfig, projectFile, exceptions: beside }, { checkGraph }] = await Promise.all([
    readGraph(plan.source),
    import("../check/checkGraph.js"),
  ]);
  const exceptions = asked ?? (beside === undefined ? undefined : readExceptions(beside));
  const result = await checkGraph(graph, {
    packs: given.pack,
    configuration,
    ...(stackConfig && { stackConfig }),
    ...(exceptions && { exceptions }),
    ...(baseline && { baseline }),
  });
  await writeReports(result, plan, projectFile);
  process.exitCode = failing(result, plan.failOn).length > 0 ? 1 : 0;
}

async function writeReports(
  result: CheckResult,
  { outputs, failOn, markdownLimit }: CheckPlan,
  projectFile: string,
): Promise<void> {
  const { checkReport } = await import("../report/checkFormats.js");
  const { checkText } = await import("../report/checkText.js");
  const { checkVersion } = await import("./checkVersion.js");
  const { writeWhole } = await import("../check/writeWhole.js");
  const { wantsColour } = await import("../report/wantsColour.js");
  const options = { failOn, version: checkVersion(), projectFile, ...(markdownLimit && { markdownLimit }) };
  for (const { format, file } of outputs) {
    const colour = format === "text" && wantsColour(process.stdout, process.env);
    const report = checkReport(format, result, options);
    if (file !== undefined) writeWhole(file, report.text);
    else process.stdout.write(colour ? checkText(result, { colour }) : report.text);
    for (const warning of report.warnings) process.stderr.write(`frugal-ml: ${warning}\n`);
    const summary = process.env[STEP_SUMMARY];
    if (format === "github" && summary) appendFileSync(summary, checkReport("markdown", result, options).text);
  }
}

function appended(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
