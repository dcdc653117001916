import { deepEqual, match } from "node:assert/strict";
import { IMAGE } from "./fleetVariants";
import { properties, realTime } from "./optionProblems";

describe("RealTimeEndpoint arguments", () => {
  const variant = (name: string, others: object = {}) => ({ name, image: IMAGE, ...others });

  it("refuse accelerators, and what other options have", () => {
    deepEqual(properties(realTime({ instanceType: "ml.g5.xlarge" })), ["instanceType"]);
    deepEqual(realTime({ containers: [], memoryMb: 1024 }), [
      "containers: given an argument of other options; allowed: nothing: several containers are a MultiContainerEndpoint or an InferencePipelineEndpoint",
      "memoryMb: given an argument of other options; allowed: nothing: memory instead of instances is a ServerlessEndpoint",
    ]);
  });

  it("take variants of different names, each with its own source, at most ten and with alarms five", () => {
    const variants = (count: number) => Array.from({ length: count }, (_, n) => variant(`v${n}`));
    deepEqual(realTime({ variants: variants(10) }, {}), []);
    for (const count of [0, 11]) deepEqual(properties(realTime({ variants: variants(count) }, {})), ["variants"]);
    deepEqual(realTime({ variants: variants(5), alarms: true }, {}), []);
    match(
      realTime({ variants: variants(6), alarms: true }, {})[0] ?? "",
      /with alarms at most 5: SageMaker takes 10 alarms that undo an update/,
    );
    deepEqual(properties(realTime({ variants: [variant("a"), variant("a")] }, {})), ["variants"]);
    deepEqual(realTime({ variants: variants(2) }), [
      "image: given with variants; allowed: only without variants: each has its own",
    ]);
  });

  it("check every variant, all at once", () => {
    const wrong = variant("Big", {
      weight: -1,
      instanceType: "ml.p5.48xlarge",
      minInstances: 5,
      maxInstances: 2,
      image: undefined,
    });
    deepEqual(properties(realTime({ variants: [variant("a"), wrong] }, {})), [
      "variants[1].instanceType",
      "variants[1].maxInstances",
      "variants[1].name",
      "variants[1].image",
      "variants[1].weight",
    ]);
    deepEqual(properties(realTime({ variants: [variant("a", { weight: 0 }), variant("b", { weight: 0 })] }, {})), [
      "variants",
    ]);
    deepEqual(realTime({ variants: [variant("a", { weight: 0 }), variant("b")] }, {}), []);
    deepEqual(properties(realTime({ variants: [variant("a", { instanceType: "ml.t2.medium" })] }, {})), [
      "variants[0].instanceType",
    ]);
  });

  it("take one shadow, beside one variant", () => {
    const shadow = { image: IMAGE };
    deepEqual(realTime({ shadow }), []);
    deepEqual(realTime({ shadow, variants: [variant("a")] }, {}), []);
    deepEqual(realTime({ shadow, variants: [variant("a"), variant("b")] }, {}), [
      "shadow: given beside 2 variants; allowed: only beside one production variant: SageMaker takes one of each",
    ]);
    deepEqual(
      properties(realTime({ shadow: { ...shadow, samplePercent: 0, instances: 0, instanceType: "ml.inf1.xlarge" } })),
      ["shadow.instanceType", "shadow.samplePercent", "shadow.instances"],
    );
  });

  it("hold what is said of scaling and canaries against the variants, which may differ from the endpoint", () => {
    const two = [
      variant("a", { minInstances: 2, maxInstances: 5 }),
      variant("b", { minInstances: 3, maxInstances: 3 }),
    ];
    const steady = [variant("a", { maxInstances: 1 }), variant("b", { maxInstances: 1 })];
    const said = { canaryPercent: 20, targetInvocations: 100, scaleInCooldownSeconds: 60 };
    deepEqual(realTime({ variants: two, ...said }, {}), []);
    deepEqual(realTime({ variants: two, ...said, maxInstances: 1 }, {}), []);
    deepEqual(properties(realTime({ variants: steady, ...said }, {})), [
      "targetInvocations",
      "scaleInCooldownSeconds",
      "canaryPercent",
    ]);
    deepEqual(properties(realTime({ variants: [variant("a", { minInstances: 1 })], minInstances: 2, ...said }, {})), [
      "canaryPercent",
    ]);
    const own = [variant("a", { instanceType: "ml.c7g.large" })];
    deepEqual(realTime({ variants: own, instanceType: "ml.t2.medium" }, {}), []);
  });

  it("refuse names that make a model's name too long, or that the shadow has", () => {
    const longest = "v".repeat(63 - "live-".length - "-model-0123456".length);
    deepEqual(realTime({ variants: [variant(longest)] }, {}), []);
    deepEqual(properties(realTime({ variants: [variant(`${longest}v`)] }, {})), ["variants[0].name"]);
    const shadow = { image: IMAGE };
    deepEqual(properties(realTime({ shadow, variants: [variant("shadow")] }, {})), ["variants"]);
    deepEqual(realTime({ variants: [variant("shadow")] }, {}), []);
    const most = "n".repeat(63 - "-shadow-model-0123456".length);
    deepEqual(realTime({ shadow }, { image: IMAGE }, most), []);
    deepEqual(properties(realTime({ shadow }, { image: IMAGE }, `${most}n`)), ["name"]);
  });

  it("refuse a key over instances of which only some bring storage", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d";
    const mixed = [variant("a"), variant("b", { instanceType: "ml.c6gd.large" })];
    deepEqual(realTime({ variants: mixed, kmsKeyArn }, {}), [
      "kmsKeyArn: given with ml.c7g.large, ml.c6gd.large; allowed: only where either all instance types bring storage of their own or none does",
    ]);
    deepEqual(realTime({ variants: mixed }, {}), []);
    deepEqual(realTime({ variants: [mixed[1]], kmsKeyArn }, {}), []);
  });
});
