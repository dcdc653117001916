import { deepEqual, ok } from "node:assert/strict";
import path from "node:path";
import { captureGraph } from "../../cli/graph/captureGraph";
import type { ResourceGraph } from "../../contracts/graph";
import { evaluate } from "../../policy/evaluate";
import { guardrailRules } from "../../policy/guardrails/rules";
import { packs } from "../../policy/packs";
import type { Verdict } from "../../policy/verdict";
import { declared } from "../policy/declared";
import { assertProtection } from "./protection";
import { assertStackTotal } from "./stackTotals";

const ROOT = path.resolve(__dirname, "../..");

const text = ({ rule, resource, finding }: Verdict): string => `${rule.id} ${resource?.name} ${finding.path}`;

for (const stack of ["local", "dev", "prod"]) {
  describe(`our stack ${stack}`, function () {
    this.timeout(60_000);
    let graph: ResourceGraph;
    before(async () => {
      graph = await captureGraph({ program: ROOT, stack, mode: "preview" });
    });

    it("has no finding of the accelerators and graviton packs", () => {
      const { verdicts } = evaluate(graph, [...(packs["accelerators"] ?? []), ...(packs["graviton"] ?? [])]);
      deepEqual(verdicts.map(text), []);
    });

    it("is refused by no rule of guardrails", () => {
      const { verdicts } = evaluate(graph, guardrailRules);
      deepEqual(verdicts.filter(({ violation }) => violation).map(text), []);
    });

    it("costs what an independent arithmetic says, within 0.5 %", () => assertStackTotal(stack, graph));

    if (stack !== "prod") return;
    it("protects what holds data or is called, and not what a new image or model replaces", () =>
      assertProtection(graph));

    it("is judged by every rule, thirty times over, in an order of the time that it should take", () => {
      const many = Array.from({ length: 5_000 }, (_, index) => {
        const resource = graph.resources[index % graph.resources.length] ?? declared("t:i:T", "none");
        return { ...resource, urn: `${resource.urn}-${index}` };
      });
      const start = process.cpuUsage();
      evaluate({ ...graph, resources: many }, Object.values(packs).flat());
      const { user, system } = process.cpuUsage(start);
      const milliseconds = (user + system) / 1_000;
      // The goal is 250 ms on a quiet machine; what is held here is that nobody makes it an order worse.
      ok(milliseconds < 2_500, `${milliseconds} ms of processor time for 5,000 resources`);
    });
  });
}
