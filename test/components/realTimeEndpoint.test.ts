import { deepEqual } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { ENDPOINT_KEY, ENDPOINT_TOPIC } from "./endpointVariants";
import {
  endpointTags,
  expectedCapture,
  expectedEndpointRole,
  expectedHosting,
  expectedScaling,
  keepCaptured,
  useKey,
} from "./expectedEndpoint";
import { STAND_IN_VPC } from "./expectedFleet";
import { expectedOptionAlarms, expectedOptionModel, planTags, repositoryOf, watchAlarms } from "./expectedOption";
import type { Expected } from "./expectedResources";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:RealTimeEndpoint", name, ...parts);

const OWN = repositoryOf("123456789012", "frugal-ml-test/forecast");
const XGBOOST = repositoryOf("683313688378", "sagemaker-xgboost");

describe("RealTimeEndpoint", function () {
  // The first test builds every variant, with the AWS package loaded.
  this.timeout(120_000);

  it("hosts an own image that has its model, on Graviton, and scales, by default", () => {
    const name = "live";
    return assertChildren(
      name,
      expectedEndpointRole(name, { models: [] }),
      expectedOptionModel(name, { container: { image: IMAGE } }),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        routing: { type: "ALL_AT_ONCE" },
      }),
      expectedScaling(name, [1, 4], [6000, 300, 60]),
    );
  });

  it("hosts AWS's Graviton image of a framework, whose address follows from the Region, tagged for a Savings Plan", () => {
    const name = "live-framework";
    const tags = planTags(name, "1yr", "no-upfront", "0.5");
    return assertChildren(
      name,
      expectedEndpointRole(name, {
        tags,
        pull: repositoryOf("763104351884", "pytorch-inference-graviton"),
        models: "our-models/churn/v1/model.tar.gz",
      }),
      expectedOptionModel(name, {
        tags,
        container: {
          image:
            "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference-graviton:2.4.0-cpu-py311-ubuntu22.04-sagemaker",
          modelDataUrl: ARCHIVE,
          environment: { LOG_LEVEL: "warn" },
        },
      }),
      expectedHosting(name, {
        tags,
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 2, volumeSizeInGb: 30 },
        routing: { type: "CANARY", canarySize: { type: "INSTANCE_COUNT", value: 1 } },
      }),
      expectedScaling(name, [2, 4], [6000, 300, 60], tags),
    );
  });

  it("shares traffic among variants by weight, each with its model, instances, alarms and scaling", () => {
    const name = "live-variants";
    const actions = [ENDPOINT_TOPIC];
    const main = expectedOptionAlarms({ component: name, actions });
    const candidate = expectedOptionAlarms({ component: name, variant: "candidate", actions });
    const rollback = [
      `${name}-errors-alarm`,
      `${name}-latency-alarm`,
      `${name}-candidate-errors-alarm`,
      `${name}-candidate-latency-alarm`,
    ];
    const model = { component: name, isolated: false, inVpc: true };
    return assertChildren(
      name,
      main.errors,
      main.latency,
      candidate.errors,
      candidate.latency,
      expectedEndpointRole(name, {
        pull: [OWN, XGBOOST],
        watch: [watchAlarms(...rollback)],
        models: ["our-models/churn/v1/model.tar.gz", "our-models/churn/v1/model.tar.gz"],
        further: [keepCaptured("our-captures/"), STAND_IN_VPC, ...useKey(ENDPOINT_KEY)],
      }),
      expectedOptionModel(name, { ...model, container: { image: IMAGE, modelDataUrl: ARCHIVE } }),
      expectedOptionModel(`${name}-candidate`, {
        ...model,
        container: {
          image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
          modelDataUrl: ARCHIVE,
        },
      }),
      main.memory,
      candidate.memory,
      expectedHosting(name, {
        variants: [
          {
            variantName: "AllTraffic",
            modelName: `${name}-model`,
            instanceType: "ml.c7g.large",
            initialInstanceCount: 2,
            volumeSizeInGb: 30,
            initialVariantWeight: 9,
          },
          {
            variantName: "candidate",
            modelName: `${name}-candidate-model`,
            instanceType: "ml.m5.large",
            initialInstanceCount: 1,
            volumeSizeInGb: 30,
            initialVariantWeight: 1,
          },
        ],
        further: { kmsKeyArn: ENDPOINT_KEY, ...expectedCapture("s3://our-captures/", 100, ENDPOINT_KEY) },
        routing: { type: "ALL_AT_ONCE" },
        rollback,
      }),
      expectedScaling(name, [2, 6], [6000, 300, 60]),
    );
  });

  it("lets a shadow hear a share of what its one variant is asked", () => {
    const name = "live-shadow";
    const tags = endpointTags(name);
    return assertChildren(
      name,
      expectedEndpointRole(name, {
        pull: [OWN, repositoryOf("683313688378", "sagemaker-scikit-learn")],
        models: ["our-models/churn/v1/model.tar.gz", "our-models/churn/v1/model.tar.gz"],
      }),
      expectedOptionModel(name, { container: { image: IMAGE, modelDataUrl: ARCHIVE } }),
      expectedOptionModel(`${name}-shadow`, {
        component: name,
        tags,
        container: {
          image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.0-1-arm64-cpu-py3",
          modelDataUrl: ARCHIVE,
          environment: { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" },
        },
      }),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        further: {
          shadowProductionVariants: [
            {
              variantName: "shadow",
              modelName: `${name}-shadow-model`,
              instanceType: "ml.c7g.large",
              initialInstanceCount: 1,
              volumeSizeInGb: 30,
              initialVariantWeight: 0.25,
            },
          ],
        },
        routing: { type: "ALL_AT_ONCE" },
      }),
    );
  });

  it("tells what callers and plans need, the shadow's instances among it", async () => {
    const usage = (usageType: string, instanceHours: number, covered = 0, term = "", payment = "") => ({
      usageType,
      instanceHours,
      coveredInstanceHours: covered,
      term,
      payment,
    });
    const { outputs } = await recordedVariant("live-variants");
    deepEqual(outputs, {
      endpointName: "frugal-ml-test-live-variants",
      endpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/live-variants-endpoint",
      roleArn: "arn:aws:iam::123456789012:role/live-variants-role",
      variantNames: ["AllTraffic", "candidate"],
      steadyUsage: [usage("Host:ml.c7g.large", 2), usage("Host:ml.m5.large", 1)],
    });
    deepEqual((await recordedVariant("live-framework")).outputs["steadyUsage"], [
      usage("Host:ml.c7g.large", 2, 1, "1yr", "no-upfront"),
    ]);
    deepEqual((await recordedVariant("live-shadow")).outputs["steadyUsage"], [
      usage("Host:ml.c7g.large", 1),
      usage("Host:ml.c7g.large", 1),
    ]);
  });
});
