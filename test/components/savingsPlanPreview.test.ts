import { deepEqual, equal, ok } from "node:assert/strict";
import path from "node:path";
import { captureGraph } from "../../cli/graph/captureGraph";
import { objectsAt } from "../../cli/quotas/graphInput";
import { isUnknown, type ResourceGraph } from "../../contracts/graph";
import { parsePolicyConfiguration } from "../../policy/configuration";
import { evaluate } from "../../policy/evaluate";
import { guardrailRules } from "../../policy/guardrails/rules";
import { OFFERING } from "./savingsVariants";

describe("SavingsPlanCoverage at preview", function () {
  this.timeout(120_000);
  let graph: ResourceGraph;
  const find = (name: string) => graph.resources.find((resource) => resource.name === name);

  before(async () => {
    graph = await captureGraph({
      program: path.join(__dirname, "fixtures", "savings"),
      stack: "test",
      mode: "preview",
    });
  });

  it("takes what is not known yet, and leaves it unknown", () => {
    const [told] = objectsAt(find("watched-utilization")?.inputs, "notifications");
    equal(told?.["threshold"], 95);
    const topics = told?.["subscriberSnsTopicArns"];
    ok(Array.isArray(topics) && topics.length === 1 && isUnknown(topics[0]));
    // Which offering an id is, AWS alone knows.
    ok(isUnknown(find("bought-plan")?.inputs["savingsPlanOfferingId"]));
    equal(find("bought-plan")?.inputs["commitment"], "0.1392");
  });

  it("protects a purchase, and adopts one that was made", () => {
    deepEqual([find("bought-plan")?.options.protect, find("bought-plan")?.options.importId], [true, undefined]);
    const kept = find("kept-plan");
    deepEqual([kept?.options.protect, kept?.options.importId], [true, "2a0b5b1e-0000-4000-8000-0000000000aa"]);
    equal(kept?.inputs["savingsPlanOfferingId"], OFFERING);
  });

  it("passes the guardrails, which refuse a purchase by the way", () => {
    const { verdicts } = evaluate(graph, guardrailRules, parsePolicyConfiguration({}));
    const found = verdicts
      .filter(({ rule }) => rule.id.startsWith("savings-plan"))
      .map(({ rule, resource, finding }) => `${rule.id} ${resource?.name} ${finding.status}`);
    deepEqual(found, ["savings-plan-purchase by-the-way fail"]);
  });
});
