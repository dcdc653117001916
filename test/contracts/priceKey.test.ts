import { deepEqual, equal, notEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { type PriceKey, priceKeyText, SageMakerUsage } from "../../contracts/priceKey";

const HOSTING: PriceKey = { service: "AmazonSageMaker", region: "us-east-1", usageType: "Host:ml.m5.xlarge" };
// As the Price List spells them: service codes and Regions have no slash, so the text form cannot be ambiguous.
const keys = fc.record({
  service: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  region: fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  usageType: fc.stringMatching(/^[A-Za-z0-9:./-]{1,16}$/),
});

describe("price keys", () => {
  it("prices one instance type apart for each use", () => {
    equal(priceKeyText(HOSTING), "AmazonSageMaker/us-east-1/Host:ml.m5.xlarge");
    const uses = Object.values(SageMakerUsage).map((use) =>
      priceKeyText({ ...HOSTING, usageType: `${use}:ml.m5.xlarge` }),
    );
    equal(new Set(uses).size, Object.keys(SageMakerUsage).length);
    notEqual(uses[0], uses[1]);
  });

  it("spells every component as AWS's usage types do", () => {
    deepEqual(Object.values(SageMakerUsage), ["Train", "Host", "AsyncInf", "Processing", "Tsform", "Notebk", "Studio"]);
  });

  it("gives different keys different texts", () => {
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        const same = one.service === other.service && one.region === other.region && one.usageType === other.usageType;
        equal(priceKeyText(one) === priceKeyText(other), same);
      }),
    );
  });
});
