import { deepEqual, equal } from "node:assert/strict";
import { evaluate } from "../../../policy/evaluate";
import { guardrailRules } from "../../../policy/guardrails/rules";
import { parseRuleConfig } from "../../../policy/ruleConfig";
import { declared, graphOf } from "../declared";

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
});
