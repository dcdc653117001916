import { CannotRunError } from "../../contracts/cannotRunError";
import type { ResourceGraph } from "../../contracts/graph";
import { InvalidInputError, printGiven } from "../../contracts/problems";
import { ALL_POLICIES, enforcementOf, type PolicyConfiguration } from "../../policy/configuration";
import { evaluate } from "../../policy/evaluate";
import { packs } from "../../policy/packs";
import type { PackResult } from "../../policy/verdict";
import type { CheckResult } from "./checkResult";
import type { RunPackOptions } from "./runPack";

/** What a graph is checked with. */
export interface CheckOptions extends RunPackOptions {
  /** Folders of packs to run besides ours, each as a process. Defaults to none. */
  readonly packs?: readonly string[];
}

/**
 * Judges a graph by our own packs, in this process, and by any others, as the engine does. Every pack sees the program
 * as it is: what one pack remediates, the others do not see.
 * @throws CannotRunError `InvalidPolicyConfiguration` with every problem, and whatever keeps a pack from running
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
      placeholders: graph.placeholders,
    };
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    throw new CannotRunError("InvalidPolicyConfiguration", cause.message, { cause });
  }
}

function ownResults(graph: ResourceGraph, configuration: PolicyConfiguration): readonly PackResult[] {
  const { verdicts, remediations } = evaluate(graph, Object.values(packs).flat(), configuration);
  return Object.entries(packs).map(([pack, rules]) => ({
    pack,
    policies: rules.map(({ id, enforcement }) => ({ id, enforcement: enforcementOf(configuration, id, enforcement) })),
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
  const known = [ALL_POLICIES, ...results.flatMap(({ policies }) => policies.map(({ id }) => id))];
  const strangers = Object.keys(configuration).filter((name) => !known.includes(name));
  if (strangers.length === 0) return;
  const allowed = `a policy of these packs: ${known.join(", ")}`;
  throw new InvalidInputError(
    "policy configuration",
    strangers.map((name) => ({ property: name, given: printGiven(name), allowed })),
  );
}
