import assert from "node:assert/strict";
import { Secret, UNKNOWN } from "../../../../contracts/graph";
import type { HandmadeResource } from "../pricedGraph";
import { advise, endpoint, leftOut, ofKind, provisioned, rates } from "./planStacks";

const VARIANT = { variantName: "AllTraffic", instanceType: "ml.c7g.large", initialInstanceCount: 2 };

/** Units an hour of the first steady use of SageMaker: least, expected, greatest. */
function instances(resources: readonly HandmadeResource[], figures = {}): readonly string[] {
  const [use] = ofKind(advise(resources, [], { figures }), "sagemaker").uses;
  return use ? [use.perHour.low, use.perHour.expected, use.perHour.high].map((count) => count.toString()) : [];
}

describe("steady load", () => {
  it("of an endpoint is what it starts with, or the least that scaling keeps", () => {
    assert.deepEqual(instances(endpoint("host", VARIANT)), ["2", "2", "2"]);
    const { initialInstanceCount: _, ...bare } = VARIANT;
    assert.deepEqual(instances(endpoint("host", bare)), ["1", "1", "1"]);
    assert.deepEqual(instances(endpoint("host", VARIANT, { scaling: { minCapacity: 3, maxCapacity: 9 } })), [
      "3",
      "3",
      "3",
    ]);
  });

  it("goes down with a schedule that scales in, and not up with one that scales out", () => {
    const scheduled = (action: object): HandmadeResource => ({
      type: "aws:appautoscaling/scheduledAction:ScheduledAction",
      name: "night",
      inputs: { scalableTargetAction: { ...action } },
      on: { resourceId: ["host-scaling"] },
    });
    const day = endpoint("host", VARIANT, { scaling: { minCapacity: 3, maxCapacity: 9 } });
    assert.deepEqual(instances([...day, scheduled({ minCapacity: 1 })]), ["1", "1", "1"]);
    assert.deepEqual(instances([...day, scheduled({ minCapacity: 6 })]), ["3", "3", "3"]);
    assert.deepEqual(instances([...day, scheduled({ maxCapacity: 2 })]), ["3", "3", "3"]);
    assert.deepEqual(instances([...day, scheduled({ minCapacity: UNKNOWN })]), ["1", "1", "9"]);
  });

  it("widens where a number is not known or secret, and does not vanish", () => {
    for (const hidden of [UNKNOWN, new Secret(3)]) {
      assert.deepEqual(instances(endpoint("host", { ...VARIANT, initialInstanceCount: hidden })), ["1", "1", "4"]);
      const scaling = { minCapacity: hidden, maxCapacity: 9 };
      assert.deepEqual(instances(endpoint("host", VARIANT, { scaling })), ["1", "1", "9"]);
      const advice = advise(endpoint("host", { ...VARIANT, instanceType: hidden }));
      assert.deepEqual(leftOut(advice), ["host: instances: the instance type is not known"]);
    }
    const managed = { ...VARIANT, managedInstanceScaling: { minInstanceCount: UNKNOWN } };
    assert.deepEqual(instances(endpoint("host", managed)), ["0", "1", "4"]);
  });

  it("has nothing of what may go down to none", () => {
    const scaling = { minCapacity: 0, maxCapacity: 9 };
    assert.deepEqual(leftOut(advise(endpoint("host", VARIANT, { scaling }))), [
      "host: instances: it may go down to none",
    ]);
  });

  it("is by Region", () => {
    const { regions } = ofKind(advise(endpoint("host", VARIANT), [], { region: "eu-west-1" }), "sagemaker");
    // 2 × 0.093.
    assert.deepEqual(
      regions.map(({ region, onDemand }) => [region, onDemand.low.toString()]),
      [["eu-west-1", "0.186"]],
    );
  });

  it("of a notebook is one instance where it runs in every hour, and may be none where that is not said", () => {
    const notebook: HandmadeResource = {
      type: "aws:sagemaker/notebookInstance:NotebookInstance",
      name: "notes",
      inputs: { instanceType: "ml.t3.medium" },
    };
    assert.deepEqual(instances([notebook]), ["0", "1", "1"]);
    assert.deepEqual(instances([notebook], { notebooks: { hours: 730 } }), ["1", "1", "1"]);
    assert.deepEqual(leftOut(advise([notebook], [], { figures: { notebooks: { hours: 200 } } })), [
      "notes: instance: it may go down to none",
    ]);
  });

  it("of provisioned concurrency is GB-seconds, and belongs to Compute plans", () => {
    const advice = advise(provisioned("images", { count: 4, memorySize: 1536 }));
    const [use] = ofKind(advice, "compute").uses;
    // 4 × 1.5 GB × 3,600 s.
    assert.equal(use?.perHour.low.toString(), "21600");
    assert.equal(use?.key.usageType, "Lambda-Provisioned-Concurrency-ARM");
    assert.deepEqual(ofKind(advice, "sagemaker").uses, []);
    const [hidden] = ofKind(advise(provisioned("images", { count: UNKNOWN, memorySize: UNKNOWN })), "compute").uses;
    // From one execution with 128 MB to 900 with 10,240 MB.
    assert.deepEqual([hidden?.perHour.low.toString(), hidden?.perHour.high.toString()], ["450", "32400000"]);
  });

  it("says of training, functions and serverless answers why no hour counts on them", () => {
    const serverlessConfig = { memorySizeInMb: 2048, maxConcurrency: 5, provisionedConcurrency: 2 };
    const advice = advise([
      { type: "aws:sagemaker/pipeline:Pipeline", name: "pipeline" },
      { type: "aws:lambda/function:Function", name: "function" },
      { type: "aws:ecs/service:Service", name: "service" },
      ...endpoint("bare", { variantName: "AllTraffic", serverlessConfig }),
    ]);
    const lines = leftOut(advice);
    assert.equal(lines.length, 5);
    for (const wanted of [
      /^pipeline: .*runs when it is started, by a schedule or by hand/,
      /^function: .*Compute Savings Plans cover duration, SageMaker's do not/,
      /^service: .*Fargate/,
      /^bare: answers: .*by the hour, not by the second/,
      /^bare: provisioned concurrency: .*it counts once a rate names it/,
    ])
      assert.equal(lines.filter((line) => wanted.test(line)).length, 1, String(wanted));
    assert.deepEqual(
      advice.kinds.flatMap(({ uses }) => uses),
      [],
    );
  });

  it("counts what AWS does not clearly cover once a rate names it", () => {
    const usageType = "ServerlessInf:ProvisionedConcurrency:Usage-2GB";
    const given = [rates("sagemaker", ["1yr", "no-upfront"], { [usageType]: "0.000008" })];
    const serverlessConfig = { memorySizeInMb: 2048, maxConcurrency: 5, provisionedConcurrency: 2 };
    const [use] = ofKind(advise(endpoint("bare", { serverlessConfig }), given), "sagemaker").uses;
    assert.deepEqual([use?.key.usageType, use?.perHour.low.toString()], [usageType, "7200"]);
  });

  it("names what has no price, and knows no price without a Region", () => {
    const odd = advise(endpoint("host", { ...VARIANT, instanceType: "ml.q9.large" }));
    assert.match(leftOut(odd)[0] ?? "", /host: instances: no price in the book for Host:ml\.q9\.large in us-east-1/);
    const nowhere = advise(endpoint("host", VARIANT), [], { region: "" });
    assert.equal(nowhere.kinds[0]?.uses.length, 0);
    assert.equal(leftOut(nowhere).length, 1);
  });
});
