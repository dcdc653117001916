import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkAsyncEndpointArgs } from "../../components/checkedAsyncEndpointArgs";
import { checkBatchTransformArgs } from "../../components/checkedBatchTransformArgs";
import {
  checkInferencePipelineEndpointArgs,
  checkMultiContainerEndpointArgs,
} from "../../components/checkedContainersEndpointArgs";
import { checkRealTimeEndpointArgs } from "../../components/checkedRealTimeEndpointArgs";
import { checkServerlessEndpointArgs } from "../../components/checkedServerlessEndpointArgs";
import { cloudPlace } from "../../components/cloudPlace";
import { imageUri } from "../../components/modelImage";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";
import { settled } from "./recordedProgram";

const FOLDERS = { inputUri: "s3://our-audio/in/", outputUri: "s3://our-audio/out/" };
const FRAMEWORK = { framework: "pytorch", frameworkVersion: "2.4", modelDataUrl: ARCHIVE };
const CONTAINERS = {
  containers: [
    { name: "a", image: IMAGE },
    { name: "b", image: IMAGE },
  ],
};

/** Problems as `property: given …; allowed: …`; empty when nothing is refused. */
function problemsOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}

/**
 * Arguments as programs of other languages bring them: with whatever properties.
 * The checks take a wider object than their type says, which is what is tested.
 */
function withOthers<T extends object>(args: T, others: object): T {
  return { ...args, ...others };
}

const realTime = (others: object = {}, args: object = { image: IMAGE }, name = "live") =>
  problemsOf(() => checkRealTimeEndpointArgs(name, { ...args, ...others }));
const serverless = (others: object = {}, args: object = { image: IMAGE }) =>
  problemsOf(() => checkServerlessEndpointArgs("bare", { ...args, ...others }));
const later = (others: object = {}) =>
  problemsOf(() => checkAsyncEndpointArgs("later", withOthers({ image: IMAGE, ...FOLDERS }, others)));
const batch = (others: object = {}, name = "nightly") =>
  problemsOf(() => checkBatchTransformArgs(name, withOthers({ image: IMAGE, ...FOLDERS }, others)));
const several = (others: object = {}) =>
  problemsOf(() => checkMultiContainerEndpointArgs("several", withOthers(CONTAINERS, others)));
const serial = (others: object = {}) =>
  problemsOf(() => checkInferencePipelineEndpointArgs("serial", withOthers(CONTAINERS, others)));

/** Whether an output's value is known, as at the engine's preview. */
async function known(output: pulumi.Output<unknown>): Promise<boolean> {
  const promise: unknown = await Reflect.get(output, "isKnown");
  return promise === true;
}

const properties = (problems: readonly string[]) => problems.map((problem) => problem.split(":")[0]);

describe("Model sources", () => {
  it("are an own image or a framework's, and not both or neither", () => {
    deepEqual(realTime(), []);
    deepEqual(realTime({}, FRAMEWORK), []);
    deepEqual(realTime({}, {}), [
      "image: given neither image nor framework; allowed: one of the two: your own image, or AWS's of a framework",
    ]);
    deepEqual(properties(realTime(FRAMEWORK)), ["image"]);
    deepEqual(properties(realTime({ frameworkVersion: "2.4" })), ["frameworkVersion"]);
    deepEqual(properties(realTime({ image: "forecast:latest" })), ["image"]);
  });

  it("need a model for a framework's image, as an archive", () => {
    const needed =
      "modelDataUrl: given nothing; allowed: an s3:// address without * ? $ that ends with .tar.gz: AWS's images bring no model";
    deepEqual(realTime({ modelDataUrl: undefined }, FRAMEWORK), [needed]);
    for (const modelDataUrl of ["s3://our-models/churn/", "s3://our-models/*.tar.gz", "https://our.com/model.tar.gz"]) {
      deepEqual(properties(realTime({ modelDataUrl })), ["modelDataUrl"], modelDataUrl);
    }
  });

  it("are refused where AWS keeps no image for the processor, saying which there are", () => {
    deepEqual(realTime({ framework: "caffe" }, FRAMEWORK), [
      'framework: given "caffe"; allowed: one of tensorflow, pytorch, huggingface, mxnet, sklearn, xgboost',
    ]);
    deepEqual(realTime({ frameworkVersion: "2.6" }, FRAMEWORK), [
      'frameworkVersion: given "2.6"; allowed: for the Graviton processors of ml.c7g.large one of 2.4.0, 2.3.0, 2.2.1, 2.1.0, 2.0.1, or the beginning of one',
    ]);
    deepEqual(realTime({ frameworkVersion: "2.6", instanceType: "ml.c7i.large" }, FRAMEWORK), []);
    match(
      realTime({ framework: "huggingface", frameworkVersion: "4.49" }, FRAMEWORK)[0] ?? "",
      /none: AWS keeps no image of huggingface for the Graviton processors of ml\.c7g\.large; take an instance type with x86/,
    );
    deepEqual(serverless({ framework: "huggingface", frameworkVersion: "4.49" }, FRAMEWORK), []);
    deepEqual(properties(realTime({ frameworkVersion: undefined }, FRAMEWORK)), ["frameworkVersion"]);
  });

  it("stay unknown with the Region, and are refused in one that has no image once it is known", async () => {
    const framework = { registry: "sagemaker", repository: "sagemaker-xgboost", tag: "1.7-1" } as const;
    const later = pulumi.output(imageUri({ framework }, cloudPlace(pulumi.output(pulumi.unknown).apply(String))));
    equal(await known(later), false);
    const place = (region: string) => pulumi.output({ partition: "aws", region, account: "123456789012" });
    const there = pulumi.output(imageUri({ framework }, place("eu-west-1")));
    equal(await settled(there), "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1");
    await rejects(
      settled(pulumi.output(imageUri({ framework }, place("mars-north-1")))),
      /region: given "mars-north-1"/,
    );
  });

  it("leave SageMaker's variables alone", () => {
    deepEqual(properties(realTime({ environment: { SAGEMAKER_BIND_TO_PORT: "1" } })), ["environment"]);
    deepEqual(properties(realTime({ environment: { "our-name": "1" } })), ["environment"]);
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`V${n}`, "1"]));
    deepEqual(properties(realTime({ environment: many })), ["environment"]);
  });
});

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

describe("ServerlessEndpoint arguments", () => {
  it("take memory in steps, and concurrency up to 200", () => {
    for (const memoryMb of [1024, 2048, 3072, 4096, 5120, 6144]) deepEqual(serverless({ memoryMb }), []);
    for (const memoryMb of [0, 512, 1536, 7168, Number.NaN]) {
      deepEqual(serverless({ memoryMb }), [`memoryMb: given ${memoryMb}; allowed: 1024 to 6144 MB in steps of 1024`]);
    }
    for (const maxConcurrency of [1, 200]) deepEqual(serverless({ maxConcurrency }), []);
    for (const maxConcurrency of [0, 201, 1.5])
      deepEqual(properties(serverless({ maxConcurrency })), ["maxConcurrency"]);
  });

  it("keep ready at most what may be answered at the same time", () => {
    deepEqual(serverless({ provisionedConcurrency: 20 }), []);
    deepEqual(serverless({ provisionedConcurrency: 21 }), [
      "provisionedConcurrency: given 21; allowed: an integer from 1 to 20 invocations, at most maxConcurrency",
    ]);
    deepEqual(serverless({ provisionedConcurrency: 5, maxProvisionedConcurrency: 20 }), []);
    for (const maxProvisionedConcurrency of [4, 21]) {
      deepEqual(properties(serverless({ provisionedConcurrency: 5, maxProvisionedConcurrency })), [
        "maxProvisionedConcurrency",
      ]);
    }
    deepEqual(properties(serverless({ maxProvisionedConcurrency: 5 })), ["maxProvisionedConcurrency"]);
    deepEqual(properties(serverless({ targetUtilizationPercent: 5 })), ["targetUtilizationPercent"]);
  });

  it("refuse with a reason, all at once, what SageMaker does not take without instances", () => {
    const others = {
      vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      networkIsolation: true,
      captureUri: "s3://our-captures/",
      variants: [],
      shadow: {},
      containers: [],
      instanceType: "ml.g5.xlarge",
      minInstances: 1,
      savingsPlan: { term: "1yr", payment: "no-upfront" },
    };
    const problems = serverless({ ...others, memoryMb: 1 });
    deepEqual(properties(problems), [
      "vpc",
      "networkIsolation",
      "captureUri",
      "variants",
      "shadow",
      "containers",
      "instanceType",
      "minInstances",
      "savingsPlan",
      "memoryMb",
    ]);
    equal(
      problems[6],
      "instanceType: given an argument of other options; allowed: nothing: serverless endpoints have no instances, and no GPU: memoryMb decides",
    );
  });
});

describe("AsyncEndpoint arguments", () => {
  it("go down to no instance, and refuse what AWS has for answers at once alone", () => {
    deepEqual(later(), []);
    deepEqual(later({ minInstances: 0, maxInstances: 1 }), []);
    deepEqual(properties(later({ minInstances: -1 })), ["minInstances"]);
    deepEqual(properties(later({ maxInstances: 0 })), ["maxInstances"]);
    deepEqual(
      properties(
        later({
          variants: [],
          shadow: {},
          cacheModels: true,
          captureUri: "s3://our-captures/",
          targetInvocations: 100,
          savingsPlan: { term: "1yr", payment: "no-upfront" },
          instanceType: "ml.g5.xlarge",
        }),
      ),
      ["variants", "shadow", "cacheModels", "captureUri", "targetInvocations", "savingsPlan", "instanceType"],
    );
  });

  it("check folders, topics, bounds and what needs another", () => {
    deepEqual(
      properties(
        later({
          inputUri: "s3://our-audio/in",
          outputUri: "our-audio/out/",
          failureUri: "s3://our-audio/*/",
          successTopic: "answers",
          errorTopic: "arn:aws:sns:us-east-1:123456789012:failures.fifo",
          targetBacklog: 0,
          maxConcurrentInvocations: 1001,
          oldestRequestSeconds: 1,
        }),
      ),
      [
        "oldestRequestSeconds",
        "inputUri",
        "outputUri",
        "failureUri",
        "successTopic",
        "errorTopic",
        "targetBacklog",
        "maxConcurrentInvocations",
        "oldestRequestSeconds",
      ],
    );
    deepEqual(properties(later({ includeResponse: true })), ["includeResponse"]);
    deepEqual(later({ includeResponse: true, errorTopic: "arn:aws:sns:us-east-1:123456789012:failures" }), []);
    deepEqual(properties(later({ minInstances: 2, maxInstances: 2, targetBacklog: 5 })), ["targetBacklog"]);
  });

  it("are checked when they arrive, where they are only known later", async () => {
    const late = checkAsyncEndpointArgs("later", {
      image: IMAGE,
      ...FOLDERS,
      inputUri: pulumi.output("s3://our-audio/in"),
      successTopic: pulumi.output("answers"),
    });
    await rejects(settled(pulumi.output(late.inputUri)), /inputUri: given "s3:\/\/our-audio\/in"/);
    await rejects(settled(pulumi.output(late.successTopic)), /successTopic: given "answers"/);
  });
});

describe("BatchTransform arguments", () => {
  it("refuse Graviton, accelerators and what endpoints have", () => {
    for (const instanceType of ["ml.c7g.large", "ml.m6gd.large", "ml.g5.xlarge", "c5.xlarge"]) {
      match(batch({ instanceType })[0] ?? "", /^instanceType: .*SageMaker has Graviton for hosting only/);
    }
    deepEqual(batch({ instanceType: "ml.c7i.xlarge" }), []);
    deepEqual(properties(batch({ variants: [], shadow: {}, containers: [], minInstances: 1, cacheModels: true })), [
      "variants",
      "shadow",
      "containers",
      "minInstances",
      "cacheModels",
    ]);
  });

  it("take no more than 100 MB of payloads at the same time", () => {
    deepEqual(batch({ maxPayloadMb: 100 }), []);
    deepEqual(batch({ maxPayloadMb: 25, maxConcurrentTransforms: 4 }), []);
    deepEqual(batch({ maxPayloadMb: 0, maxConcurrentTransforms: 100 }), []);
    deepEqual(batch({ maxPayloadMb: 26, maxConcurrentTransforms: 4 }), [
      "maxConcurrentTransforms: given 4 × 26 MB; allowed: at most 100 MB with maxPayloadMb at the same time",
    ]);
    deepEqual(properties(batch({ maxPayloadMb: 101 })), ["maxPayloadMb"]);
    deepEqual(properties(batch({ invocationTimeoutSeconds: 3601, invocationRetries: 4, instanceCount: 0 })), [
      "invocationTimeoutSeconds",
      "invocationRetries",
      "instanceCount",
    ]);
  });

  it("put together only what was split, and join only records that can be", () => {
    deepEqual(batch({ splitType: "Line", assembleWith: "Line", batchStrategy: "SingleRecord", joinInput: true }), []);
    deepEqual(batch({ splitType: "RecordIO", assembleWith: "None", batchStrategy: "MultiRecord" }), []);
    deepEqual(batch({ contentType: "application/json", joinInput: true }), []);
    deepEqual(properties(batch({ batchStrategy: "MultiRecord" })), ["batchStrategy"]);
    deepEqual(properties(batch({ assembleWith: "Line" })), ["assembleWith"]);
    deepEqual(properties(batch({ joinInput: true })), ["joinInput"]);
    deepEqual(batch({ splitType: "Word" }), [
      'splitType: given "Word"; allowed: one of None, Line, RecordIO, TFRecord',
    ]);
    deepEqual(properties(batch({ inputFilter: "[1:]", outputFilter: `$${"x".repeat(63)}` })), [
      "inputFilter",
      "outputFilter",
    ]);
  });

  it("check name, schedule and what needs another", () => {
    deepEqual(properties(batch({}, "n".repeat(33))), ["name"]);
    deepEqual(properties(batch({ schedule: "daily" })), ["schedule"]);
    deepEqual(properties(batch({ scheduleTimezone: "UTC", alarmTopics: [] })), ["scheduleTimezone", "alarmTopics"]);
    deepEqual(batch({ schedule: "rate(1 day)", scheduleTimezone: "UTC", alarms: true, alarmTopics: [] }), []);
  });
});

describe("Arguments of several containers", () => {
  const containers = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `c${n}`, image: IMAGE }));

  it("take 2 to 15 of different names", () => {
    for (const problems of [several, serial]) {
      for (const count of [2, 15]) deepEqual(problems({ containers: containers(count) }), []);
      for (const count of [0, 1, 16])
        deepEqual(properties(problems({ containers: containers(count) })), ["containers"]);
      const same = [...containers(1), ...containers(1)];
      match(problems({ containers: same })[0] ?? "", /allowed: 2 to 15 containers of different names/);
      for (const name of ["-a", "a_b", "a".repeat(64)]) {
        deepEqual(properties(problems({ containers: [{ name, image: IMAGE }, ...containers(1)] })), [
          "containers[0].name",
        ]);
      }
    }
  });

  it("take a multi-model container in a pipeline, one alone", () => {
    const multi = (name: string) => ({ name, image: IMAGE, multiModel: true, modelPrefixUrl: "s3://our-models/all/" });
    deepEqual(serial({ containers: [multi("a"), ...containers(2)] }), []);
    deepEqual(serial({ containers: [multi("a"), multi("b")] }), [
      "containers: given 2 multi-model containers; allowed: at most 1",
    ]);
    deepEqual(several({ containers: [multi("a"), ...containers(1)] }), [
      "containers: given 1 multi-model containers; allowed: none: only an InferencePipelineEndpoint takes one",
    ]);
    const wrong = [
      { name: "a", image: IMAGE, multiModel: true, modelDataUrl: ARCHIVE },
      { name: "b", image: IMAGE, modelPrefixUrl: "s3://our-models/all/" },
    ];
    deepEqual(properties(serial({ containers: wrong })), [
      "containers[0].modelDataUrl",
      "containers[0].modelPrefixUrl",
      "containers[1].modelPrefixUrl",
    ]);
  });

  it("refuse what endpoints of one container have", () => {
    const others = { variants: [], shadow: {}, image: IMAGE, modelDataUrl: ARCHIVE, memoryMb: 1024 };
    for (const problems of [several, serial]) {
      deepEqual(properties(problems({ ...others, instanceType: "ml.g5.xlarge" })), [
        "variants",
        "shadow",
        "image",
        "modelDataUrl",
        "memoryMb",
        "instanceType",
      ]);
    }
  });
});
