import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { GraphResource } from "../../contracts/graph";
import type { Rule } from "../../contracts/rule";
import { parsePolicyConfiguration } from "../../policy/configuration";
import { evaluate } from "../../policy/evaluate";
import { graphOf } from "./declared";
import { assertSuppressed } from "./suppressed";

/** What a rule should say: status and path of each finding, for example `fail timeout`; and of which resource, if of several. */
export type RuleCase = readonly [
  name: string,
  resources: GraphResource | readonly GraphResource[],
  expected: readonly string[],
  config?: object,
];

/** Status and path of each finding of a rule in these resources. */
export function statusesOf(rule: Rule, resources: RuleCase[1], config: object = {}): string[] {
  return verdictsOf(rule, resources, config).map(({ finding }) => `${finding.status} ${finding.path}`);
}

/** Verdicts of a rule on these resources. */
export function verdictsOf(rule: Rule, resources: RuleCase[1], config: object = {}) {
  const all = "urn" in resources ? [resources] : resources;
  return evaluate(graphOf(...all), [rule], parsePolicyConfiguration({ [rule.id]: config })).verdicts;
}

/**
 * Tests a rule: its description of itself, and each case, in which no secret value may be said.
 * @param never status that the rule cannot come to
 */
export function testRule(rule: Rule, cases: readonly RuleCase[], { never }: { readonly never?: "unknown" } = {}): void {
  describe(`rule ${rule.id}`, () => {
    it("describes itself", () => {
      match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      match(rule.docs, /^https:\/\//);
      equal(rule.pack, "guardrails");
    });
    for (const [name, resources, expected, config] of cases) {
      it(name, () => {
        const verdicts = verdictsOf(rule, resources, config);
        deepEqual(
          verdicts.map(({ finding }) => `${finding.status} ${finding.path}`),
          expected,
        );
        equal(JSON.stringify(verdicts.map(({ finding }) => finding)).includes("hunter2"), false);
      });
    }
    it("is suppressed by an exception for its resource alone", async () => {
      const failing = cases.find(([, , expected]) => expected.some((each) => each.startsWith("fail ")));
      ok(failing, `${rule.id} has no case that fails`);
      const [, resources, , config] = failing;
      await assertSuppressed(rule.id, "urn" in resources ? [resources] : resources, config);
    });
    const statuses = new Set(cases.flatMap(([, , expected]) => expected.map((each) => each.split(" ")[0])));
    it("has a case of every verdict", () => {
      equal(
        cases.some(([, , expected]) => expected.length === 0),
        true,
      );
      deepEqual([...statuses].sort(), never === "unknown" ? ["fail"] : ["fail", "unknown"]);
    });
  });
}
