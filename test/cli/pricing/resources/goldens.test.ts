import assert from "node:assert/strict";
import { PRICED_KINDS } from "../../../../cli/pricing/resources/pricedKinds";
import { testGoldens } from "./golden";
import { GOLDEN_PRICES } from "./goldenPrices";
import { GOLDEN_SAGEMAKER_PRICES } from "./goldenSageMakerPrices";

testGoldens("golden prices", GOLDEN_PRICES);
testGoldens("golden prices of SageMaker", GOLDEN_SAGEMAKER_PRICES);

describe("golden prices of every kind", () => {
  const tested = [...GOLDEN_PRICES, ...GOLDEN_SAGEMAKER_PRICES].flatMap(({ resources }) => resources);
  for (const { types } of PRICED_KINDS) {
    it(`have ${types[0]}`, () => assert.ok(tested.some(({ type }) => types.includes(type))));
  }
});
