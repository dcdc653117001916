import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { evaluate } from "../../../policy/evaluate";
import { guardrailRules } from "../../../policy/guardrails/rules";
import { parseRuleConfig } from "../../../policy/ruleConfig";
import { declared, graphOf } from "../declared";

const ROOT = join(__dirname, "..", "..", "..");

describe("pack guardrails", () => {
  it("has every rule once, each with words that a page can be made of", () => {
    const ids = guardrailRules.map(({ id }) => id);
    equal(new Set(ids).size, ids.length);
    for (const rule of guardrailRules) {
      equal(rule.pack, "guardrails", rule.id);
      for (const text of [rule.title, rule.why, rule.fix]) equal(text.length > 20, true, rule.id);
      equal(rule.types.length > 0, true, rule.id);
      deepEqual(Object.keys(parseRuleConfig(rule, {})).sort(), [...Object.keys(rule.config), "onUnknown"].sort());
    }
  });

  it("finds nothing in what is none of its business", () => {
    const strangers = [
      "aws:ec2/vpc:Vpc",
      "aws:rds/instance:Instance",
      "aws:cloudfront/distribution:Distribution",
      "aws:sns/topic:Topic",
      "aws:ssm/parameter:Parameter",
      "kubernetes:apps/v1:Deployment",
      "random:index/randomId:RandomId",
    ].map((type) =>
      declared(type, "stranger", { instanceType: "p2.xlarge", runtime: "nodejs12.x", forceDestroy: true }),
    );
    deepEqual(evaluate(graphOf(...strangers), guardrailRules).verdicts, []);
  });

  for (const stack of ["local", "dev", "prod"]) {
    it(`refuses nothing of our stack ${stack}`, async function () {
      this.timeout(60_000);
      const graph = await captureGraph({ program: ROOT, stack, mode: "preview" });
      const { verdicts } = evaluate(graph, guardrailRules);
      const refused = verdicts
        .filter(({ violation }) => violation)
        .map(({ rule, resource }) => `${rule.id} ${resource?.name}`);
      deepEqual(refused, []);
    });
  }
});
