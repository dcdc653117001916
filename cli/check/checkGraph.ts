import { CannotRunError } from "../../contracts/cannotRunError";
import type { ResourceGraph } from "../../contracts/graph";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { ALL_POLICIES, enforcementOf, type PolicyConfiguration } from "../../policy/configuration";
import { evaluate } from "../../policy/evaluate";
import { packs } from "../../policy/packs";
import { ON_UNKNOWN } from "../../policy/ruleConfig";
import type { PackResult } from "../../policy/verdict";
import { neededQuotas } from "../quotas/neededQuotas";
import type { CheckResult } from "./checkResult";
import type { RunPackOptions } from "./runPack";
import { secretRedaction } from "./secretRedaction";
import { type SettleOptions, settleFindings } from "./settleFindings";

/** What a graph is checked with. */
export interface CheckOptions extends RunPackOptions, SettleOptions {
  /** Folders of packs to run besides ours, each as a process. Defaults to none. */
  readonly packs?: readonly string[];
}

/**
 * Judges a graph by our own packs, in this process, and by any others, as the engine does. Every pack sees the program
 * as it is: what one pack remediates, the others do not see.
 * @throws CannotRunError `InvalidPolicyConfiguration` with every problem, `BaselineOfAnotherStack`, and whatever keeps
 *   a pack from running
 */
export async function checkGraph(graph: ResourceGraph, options: CheckOptions = {}): Promise<CheckResult> {
  const { packs: folders = [], configuration = {} } = options;
  try {
    const results = [...ownResults(graph, configuration), ...(await otherResults(folders, graph, options))];
    refuseStrangers(configuration, results);
    return {
      project: graph.project,
      stack: graph.stack,
      resources: graph.resources.filter(({ implicit, type }) => !implicit && type !== "pulumi:pulumi:Stack").length,
      packs: results,
      findings: settleFindings(results, graph, options),
      placeholders: graph.placeholders,
      quotas: neededQuotas(graph),
    };
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    throw new CannotRunError("InvalidPolicyConfiguration", cause.message, { cause });
  }
}

/** Our rules never put a secret into a message; blanking it out all the same costs nothing where there is none. */
function ownResults(graph: ResourceGraph, configuration: PolicyConfiguration): readonly PackResult[] {
  const evaluation = evaluate(graph, Object.values(packs).flat(), configuration);
  const { remediations } = evaluation;
  const redact = evaluation.verdicts.length > 0 ? secretRedaction(graph) : (text: string) => text;
  const verdicts = evaluation.verdicts.map((verdict) => ({
    ...verdict,
    finding: { ...verdict.finding, path: redact(verdict.finding.path), message: redact(verdict.finding.message) },
  }));
  return Object.entries(packs).map(([pack, rules]) => ({
    pack,
    policies: rules.map((rule) => ({
      rule,
      enforcement: enforcementOf(configuration, rule.id, rule.enforcement),
      declared: rule.enforcement,
      lenient: rule.onUnknown === "fail" && configuration[rule.id]?.parameters[ON_UNKNOWN] === "report",
    })),
    verdicts: verdicts.filter(({ rule }) => rule.pack === pack),
    remediations: remediations.filter(({ rule }) => rule.pack === pack),
  }));
}

/** The protocol's code is loaded only for those who bring a pack: it takes longer than the check itself. */
async function otherResults(
  folders: readonly string[],
  graph: ResourceGraph,
  options: RunPackOptions,
): Promise<readonly PackResult[]> {
  if (folders.length === 0) return [];
  const { runPack } = await import("./runPack.js");
  const outcomes = await Promise.allSettled(folders.map((folder) => runPack(folder, graph, options)));
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** A setting for a policy that no pack has is a slip of the pen, which would silently set nothing. */
function refuseStrangers(configuration: PolicyConfiguration, results: readonly PackResult[]): void {
  const known = [ALL_POLICIES, ...results.flatMap(({ policies }) => policies.map(({ rule }) => rule.id))];
  const strangers = Object.keys(configuration).filter((name) => !known.includes(name));
  if (strangers.length === 0) return;
  const allowed = `a policy of these packs: ${known.join(", ")}`;
  throw new InvalidInputError(
    "policy configuration",
    strangers.map((name) => ({ property: name, given: printGiven(name), allowed })),
  );
}
