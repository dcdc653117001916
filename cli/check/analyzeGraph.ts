import type { ResourceGraph } from "../../contracts/graph";
import type { Evaluation, Remediation, Verdict, VerdictRule } from "../../policy/verdict";
import { encodeProperties } from "../graph/encodeWire";
import { fromStruct, type WireObject } from "../graph/wireValue";
import type { AnalyzerConnection } from "./analyzerConnection";
import { analyzeRequest, analyzeStackRequest, remediateRequest } from "./analyzerMessages";
import type { PackPolicy } from "./packPolicy";
import { packVerdict, remediationVerdict } from "./packVerdict";

/** Type token of the stack, which findings are about that name no resource. */
const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * Sends a graph through a pack in the engine's order: each registered resource is remediated and then analyzed, in
 * registration order; then the stack is. Resources that were only read are part of the stack alone.
 * @param redact blanks secrets out of what the pack says
 */
export async function analyzeGraph(
  connection: AnalyzerConnection,
  graph: ResourceGraph,
  policies: readonly PackPolicy[],
  redact: (text: string) => string,
): Promise<Evaluation> {
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
  const byName = new Map(policies.map((policy) => [policy.rule.id, policy]));
  const inputs = new Map<string, WireObject>();
  const verdicts: Verdict[] = [];
  const remediations: Remediation[] = [];

  for (const resource of graph.resources.filter(({ external }) => !external)) {
    let given = encodeProperties(resource.inputs);
    const remediation = await connection.remediate(remediateRequest(resource, given, byUrn));
    for (const result of remediation?.getRemediationsList() ?? []) {
      const rule: VerdictRule = byName.get(result.getPolicyname())?.rule ?? {
        id: result.getPolicyname(),
        pack: result.getPolicypackname(),
        title: result.getDescription(),
      };
      if (result.getDiagnostic() !== "") {
        verdicts.push(remediationVerdict(rule, result.getDiagnostic(), resource));
      } else if (result.hasProperties()) {
        given = fromStruct(result.getProperties());
        remediations.push({ rule, resource });
      }
    }
    inputs.set(resource.urn, given);
    const analysis = await connection.analyze(analyzeRequest(resource, given, byUrn));
    verdicts.push(...analysis.getDiagnosticsList().map((found) => packVerdict(found, byName, resource)));
  }

  const analysis = await connection.analyzeStack(analyzeStackRequest(graph.resources, inputs, byUrn));
  const stack = graph.resources.find(({ type }) => type === STACK_TYPE);
  for (const found of analysis?.getDiagnosticsList() ?? []) {
    verdicts.push(packVerdict(found, byName, byUrn.get(found.getUrn()) ?? stack));
  }
  return { verdicts: verdicts.map((verdict) => redacted(verdict, redact)), remediations };
}

function redacted(verdict: Verdict, redact: (text: string) => string): Verdict {
  const { path, message } = verdict.finding;
  return { ...verdict, finding: { ...verdict.finding, path: redact(path), message: redact(message) } };
}
