import assert from "node:assert/strict";
import { componentMetrics } from "../../../../cli/pricing/resources/componentMetrics";
import { PRICED_KINDS } from "../../../../cli/pricing/resources/pricedKinds";
import { schedule } from "../../../../cli/pricing/resources/schedule";
import { knownUsage, priced } from "../pricedGraph";
import { testGoldens } from "./golden";
import { GOLDEN_PRICES } from "./goldenPrices";
import { GOLDEN_SAGEMAKER_PRICES } from "./goldenSageMakerPrices";

testGoldens("golden prices", GOLDEN_PRICES);
testGoldens("golden prices of SageMaker", GOLDEN_SAGEMAKER_PRICES);

/** What is used as often as the program says, or reports by itself. */
const FIRES: readonly string[] = [...schedule.types, ...componentMetrics.types];

describe("every kind", () => {
  for (const { title, resources, region } of [...GOLDEN_PRICES, ...GOLDEN_SAGEMAKER_PRICES]) {
    it(`costs more the more it is used, and nothing per use when it is not: ${title}`, () => {
      const used = [0, 0.5, 1, 7].map((factor) =>
        priced(resources, { usage: knownUsage(factor), ...(region && { region }) }),
      );
      const idle = used[0]?.items.filter(({ resource }) => !FIRES.includes(resource.type)) ?? [];
      assert.ok(idle.every(({ basis, monthly }) => basis === "fixed" || monthly.isZero));
      used.slice(1).forEach(({ total }, at) => {
        const less = used[at]?.total;
        for (const each of ["low", "expected", "high"] as const)
          assert.ok(less && less[each].compare(total[each]) <= 0);
      });
    });
  }
});

describe("golden prices of every kind", () => {
  const tested = [...GOLDEN_PRICES, ...GOLDEN_SAGEMAKER_PRICES].flatMap(({ resources }) => resources);
  for (const { types } of PRICED_KINDS) {
    it(`have ${types[0]}`, () => assert.ok(tested.some(({ type }) => types.includes(type))));
  }
});
