import { deepEqual, equal } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { ENDPOINT_KEY, ENDPOINT_TOPIC, MODELS } from "./endpointVariants";
import {
  endpointTags,
  expectedCapture,
  expectedEndpointRole,
  expectedHosting,
  expectedModel,
  expectedScaling,
  keepCaptured,
  useKey,
  watchUpdates,
} from "./expectedEndpoint";
import { expectedEndpointAlarms } from "./expectedEndpointAlarms";
import { STAND_IN_VPC } from "./expectedFleet";
import type { Expected } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:MultiModelEndpoint", name, ...parts);

const ALL_TAGS = {
  ...endpointTags("endpoint-all"),
  "frugal-ml:environment": "prod",
  "frugal-ml:cost-center": "ml",
  "frugal-ml:savings-plan": "sagemaker",
  "frugal-ml:savings-plan-term": "1yr",
  "frugal-ml:savings-plan-payment": "partial-upfront",
  "frugal-ml:savings-plan-share": "0.5",
  team: "energy",
};

describe("MultiModelEndpoint", function () {
  // The first test builds every variant, with the AWS package loaded.
  this.timeout(60_000);

  it("makes log, role, model, configuration, endpoint and scaling by default", () => {
    const name = "endpoint";
    return assertChildren(
      name,
      expectedEndpointRole(name, { models: "our-models/teams/forecast/models/" }),
      expectedModel(name, MODELS),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        routing: { type: "ALL_AT_ONCE" },
      }),
      expectedScaling(name, [1, 4], [6000, 300, 60]),
    );
  });

  it("makes all that its arguments ask for, and reaches nothing besides", () => {
    const name = "endpoint-all";
    const thresholds = { errorPercent: 0.5, latencyMs: 250, memoryPercent: 80, loadingWaitMs: 500 };
    const alarms = expectedEndpointAlarms(name, thresholds, [ENDPOINT_TOPIC], ALL_TAGS);
    return assertChildren(
      name,
      alarms.rollback,
      expectedEndpointRole(name, {
        tags: ALL_TAGS,
        retentionInDays: 365,
        watch: [watchUpdates(name)],
        models: "our-models/teams/forecast/models/",
        further: [keepCaptured("our-captures/forecasts/"), STAND_IN_VPC, ...useKey(ENDPOINT_KEY)],
      }),
      expectedModel(name, MODELS, {
        tags: ALL_TAGS,
        cache: "Disabled",
        isolated: false,
        environment: {
          FRUGAL_ML_ISOLATION: "process",
          LOG_LEVEL: "warn",
          FRUGAL_ML_MODEL_MEMORY_MB: "2048",
          FRUGAL_ML_MODEL_MODULE: "/opt/program/ours.js",
        },
        network: { vpcConfig: { subnets: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] } },
      }),
      alarms.others,
      expectedHosting(name, {
        tags: ALL_TAGS,
        variant: { instanceType: "ml.m6g.xlarge", initialInstanceCount: 4, volumeSizeInGb: 50 },
        further: {
          kmsKeyArn: ENDPOINT_KEY,
          ...expectedCapture("s3://our-captures/forecasts/", 10, ENDPOINT_KEY),
        },
        bakeSeconds: 600,
        routing: { type: "CANARY", canarySize: { type: "INSTANCE_COUNT", value: 2 } },
        rollback: [`${name}-errors-alarm`, `${name}-latency-alarm`],
      }),
      expectedScaling(name, [4, 9], [3000, 600, 0], ALL_TAGS),
    );
  });

  it("does not scale between equal bounds, and gives storage of its own neither volume nor key", () => {
    const name = "endpoint-fixed";
    const tags = {
      ...endpointTags(name),
      "frugal-ml:savings-plan": "sagemaker",
      "frugal-ml:savings-plan-term": "3yr",
      "frugal-ml:savings-plan-payment": "all-upfront",
      "frugal-ml:savings-plan-share": "1",
    };
    const cache = { hitPercent: 50, thrashPercent: 50 };
    const thresholds = { errorPercent: 1, latencyMs: 1000, memoryPercent: 90, loadingWaitMs: 2000, cache };
    const alarms = expectedEndpointAlarms(name, thresholds, [], tags);
    return assertChildren(
      name,
      alarms.rollback,
      expectedEndpointRole(name, {
        tags,
        watch: [watchUpdates(name)],
        models: "our-models/models/",
        further: [keepCaptured("our-captures/"), ...useKey(ENDPOINT_KEY)],
      }),
      expectedModel(name, "s3://our-models/models/", { tags }),
      alarms.others,
      expectedHosting(name, {
        tags,
        variant: { instanceType: "ml.c6gd.large", initialInstanceCount: 2 },
        further: expectedCapture("s3://our-captures/", 100, ENDPOINT_KEY),
        routing: { type: "CANARY", canarySize: { type: "INSTANCE_COUNT", value: 1 } },
        rollback: [`${name}-errors-alarm`, `${name}-latency-alarm`],
      }),
    );
  });

  it("tells what callers and plans need", async () => {
    const outputs = (name: string) => ({
      endpointName: `frugal-ml-test-${name}`,
      endpointArn: `arn:aws:sagemaker:us-east-1:123456789012:endpoint/${name}-endpoint`,
      roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
    });
    deepEqual((await recordedVariant("endpoint")).outputs, {
      ...outputs("endpoint"),
      modelDataUrl: MODELS,
      steadyUsage: {
        usageType: "Host:ml.c7g.large",
        instanceHours: 1,
        coveredInstanceHours: 0,
        term: "",
        payment: "",
      },
    });
    deepEqual((await recordedVariant("endpoint-all")).outputs, {
      ...outputs("endpoint-all"),
      modelDataUrl: MODELS,
      steadyUsage: {
        usageType: "Host:ml.m6g.xlarge",
        instanceHours: 4,
        coveredInstanceHours: 2,
        term: "1yr",
        payment: "partial-upfront",
      },
    });
  });

  it("tags everything that takes tags for the same Savings Plan, and a fleet likewise", async () => {
    for (const [name, share] of [
      ["endpoint-all", "0.5"],
      ["endpoint-fixed", "1"],
      ["fleet-all", "0.25"],
    ] as const) {
      const [, ...resources] = (await recordedVariant(name)).resources;
      const tagged = resources.filter(({ inputs }) => inputs["tags"] !== undefined);
      const plans = tagged.map(({ inputs }) => {
        const tags = Object.entries(inputs["tags"] as Record<string, string>);
        return JSON.stringify(tags.filter(([key]) => key.startsWith("frugal-ml:savings-plan")).sort());
      });
      equal(new Set(plans).size, 1, name);
      equal(new Map<string, string>(JSON.parse(plans[0] ?? "")).get("frugal-ml:savings-plan-share"), share);
      const kinds = new Set(tagged.map(({ type }) => type.split(":").at(-1)));
      const expected = name.startsWith("fleet")
        ? ["Pipeline", "Role", "LogGroup", "Function", "MetricAlarm"]
        : ["Endpoint", "EndpointConfiguration", "Model", "LogGroup", "Role", "MetricAlarm"];
      for (const kind of expected) equal(kinds.has(kind), true, `${name} ${kind}`);
      equal(kinds.has("Target"), name === "endpoint-all");
    }
  });

  it("keeps a role's policies within what IAM takes", async () => {
    for (const name of ["endpoint", "endpoint-all"] as const) {
      const { resources } = await recordedVariant(name);
      const policies = resources.filter(({ name: child }) => child === `${name}-role-policy`);
      equal(policies.length, 1);
      // docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      equal(JSON.stringify(policies[0]?.inputs["policy"]).length < 10_240, true);
    }
  });
});
