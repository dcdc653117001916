import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shippedBook } from "../../../../cli/pricing/book/readPriceBook";
import { findWaste, type WasteResult } from "../../../../cli/pricing/waste/findWaste";
import { WASTE_KINDS } from "../../../../cli/pricing/waste/wasteKinds";
import { UNKNOWN } from "../../../../contracts/graph";
import { REPOSITORY } from "../../local/handmadePlane";
import { graphOf, type HandmadeResource, TODAY, usageWith } from "../pricedGraph";
import { bucket, endpoint, gateway, lambda, nat, notebook, of, versions, type WasteCase } from "./handmadeWaste";
import { THRIFTY } from "./thriftyCases";
import { WASTEFUL } from "./wastefulCases";

function examine({ resources, usage = {}, region = "us-east-1" }: Omit<WasteCase, "kind" | "title">): WasteResult {
  return findWaste(graphOf(resources, region), shippedBook(), usageWith(usage), TODAY);
}

function found(one: Omit<WasteCase, "title">): WasteResult["findings"] {
  return examine(one).findings.filter(({ kind }) => kind.id === one.kind);
}

describe("kinds of waste", () => {
  for (const one of WASTEFUL)
    it(`${one.kind} finds: ${one.title}`, () => {
      const [first, ...others] = found(one);
      assert.ok(first && others.length === 0);
      if (first.finding.unpriced === undefined) assert.ok(first.alone && !first.alone.isZero);
    });

  for (const one of THRIFTY) it(`${one.kind} leaves alone: ${one.title}`, () => assert.deepEqual(found(one), []));

  it("have an id and a test each", () => {
    const ids = WASTE_KINDS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) {
      assert.ok(
        WASTEFUL.some(({ kind }) => kind === id),
        id,
      );
      assert.ok(
        THRIFTY.some(({ kind }) => kind === id),
        id,
      );
    }
  });

  it("are all in docs/waste.md", () => {
    const page = readFileSync(join(REPOSITORY, "docs/waste.md"), "utf8");
    const listed = [...page.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, id]) => id);
    assert.deepEqual([...listed].sort(), WASTE_KINDS.map(({ id }) => id).sort());
  });

  describe("of what is not known", () => {
    const low = (one: Omit<WasteCase, "title">) =>
      found(one).map(({ alone }) => [alone?.low.isZero, alone?.high.isZero]);

    it("keep it as a range from nothing", () => {
      const unknown: readonly Omit<WasteCase, "title">[] = [
        { kind: "function-on-x86", resources: [lambda({ architectures: UNKNOWN })] },
        {
          kind: "idle-instances",
          resources: endpoint({ instanceType: "ml.m5.large", initialInstanceCount: UNKNOWN }),
        },
        {
          kind: "unstopped-notebook",
          resources: [notebook({ instanceType: "ml.m5.xlarge", lifecycleConfigName: UNKNOWN })],
        },
        { kind: "nat-to-s3", resources: [nat, gateway(UNKNOWN)] },
        { kind: "logs-for-ever", resources: [of("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: UNKNOWN })] },
      ];
      for (const one of unknown) assert.deepEqual(low(one), [[true, false]], one.kind);
    });

    it("or list it with why", () => {
      const cases: readonly (readonly [HandmadeResource[], RegExp])[] = [
        [[...endpoint({ instanceType: "ml.zz9.xlarge" })], /family of ml\.zz9\.xlarge is not known/],
        [[of("aws:sagemaker/pipeline:Pipeline", { pipelineDefinition: UNKNOWN })], /definition is not known/],
        [[of("aws:sagemaker/trainingJob:TrainingJob")], /runs once/],
        [[bucket, versions(UNKNOWN)], /whether it keeps versions/],
        [[lambda({ memorySize: 128 })], /no price in the book for both/],
      ];
      for (const [resources, why] of cases) {
        const region = why.source.includes("both") ? "ap-south-1" : "us-east-1";
        assert.ok(
          examine({ resources, region }).notJudged.some((one) => why.test(one.why)),
          why.source,
        );
      }
    });

    it("list resources of a type that is not known among what has no price", () => {
      const { prices } = examine({ resources: endpoint({ instanceType: UNKNOWN }) });
      assert.ok(prices.notPriced.some(({ why }) => why === "the instance type is not known"));
    });
  });
});
