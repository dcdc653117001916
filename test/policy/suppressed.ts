import { deepEqual, equal, ok } from "node:assert/strict";
import type { CheckFinding } from "../../cli/check/checkFinding";
import { checkGraph } from "../../cli/check/checkGraph";
import type { GraphResource } from "../../contracts/graph";
import { parsePolicyConfiguration } from "../../policy/configuration";
import { graphOf } from "./declared";

/**
 * Asserts that what a rule finds in these resources is suppressed by a reviewed exception for the resource that it finds it
 * in, and that an exception for another resource, or of another rule, changes nothing of it.
 */
export async function assertSuppressed(
  rule: string,
  resources: readonly GraphResource[],
  config: object = {},
): Promise<void> {
  const check = async (except?: { readonly rule: string; readonly resource: string }) => {
    const given = { owner: "ml-platform", reason: "a test", expires: "2999-12-31", line: 1 };
    const result = await checkGraph(graphOf(...resources), {
      packs: [],
      configuration: parsePolicyConfiguration({ [rule]: config }),
      ...(except && { exceptions: { file: "exceptions.yaml", exceptions: [{ ...given, ...except }] } }),
    });
    return result.findings.filter((finding) => finding.rule.id === rule);
  };
  const owners = (findings: readonly CheckFinding[]) => findings.map(({ suppression }) => suppression?.owner);

  const [first, ...others] = await check();
  ok(first, `${rule} finds nothing in its fixture`);
  const { type, name } = first.resource ?? {};
  // A finding about the whole stack is of no resource.
  const resource = first.resource ? `${type}::${name}` : "*";
  const excepted = await check({ rule, resource });
  equal(excepted[0]?.suppression?.owner, "ml-platform");
  equal(excepted.length, 1 + others.length);
  const none = [first, ...others].map(() => undefined);
  if (first.resource) deepEqual(owners(await check({ rule, resource: `${type}::another` })), none);
  deepEqual(owners(await check({ rule: "another-rule", resource: `${type}::${name}` })), none);
}
