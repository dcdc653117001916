import { deepEqual, equal } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { ENDPOINT_KEY, ENDPOINT_TOPIC } from "./endpointVariants";
import { endpointTags, expectedEndpointRole, expectedHosting, useKey } from "./expectedEndpoint";
import { allow, STAND_IN_VPC } from "./expectedFleet";
import { expectedOptionAlarms, expectedOptionModel, watchAlarms } from "./expectedOption";
import type { Expected } from "./expectedResources";
import { IMAGE } from "./fleetVariants";
import { ANSWERS, ARCHIVE, FAILURES } from "./optionVariants";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:AsyncEndpoint", name, ...parts);

const WRITE = ["s3:PutObject", "s3:AbortMultipartUpload"];
const OUT = "arn:aws:s3:::our-audio/out/*";

/** Scaling by what waits, for each instance. */
function expectedBacklogScaling(
  name: string,
  [minCapacity, maxCapacity]: readonly [number, number],
  [targetValue, scaleInCooldown, scaleOutCooldown]: readonly [number, number, number],
): Expected {
  return {
    [`aws:appautoscaling/target:Target ${name}-scaling`]: {
      ...scaled(name),
      minCapacity,
      maxCapacity,
      tags: endpointTags(name),
    },
    [`aws:appautoscaling/policy:Policy ${name}-scaling-policy`]: {
      policyType: "TargetTrackingScaling",
      ...scaled(name),
      targetTrackingScalingPolicyConfiguration: {
        customizedMetricSpecification: {
          namespace: "AWS/SageMaker",
          metricName: "ApproximateBacklogSizePerInstance",
          dimensions: [{ name: "EndpointName", value: `frugal-ml-test-${name}` }],
          statistic: "Average",
        },
        targetValue,
        scaleInCooldown,
        scaleOutCooldown,
      },
    },
  };
}

/** From none: the first request that waits starts an instance. */
function expectedFirstInstance(name: string, cooldown: number): Expected {
  return {
    [`aws:appautoscaling/policy:Policy ${name}-first-instance-policy`]: {
      policyType: "StepScaling",
      ...scaled(name),
      stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        metricAggregationType: "Average",
        cooldown,
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
      },
    },
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-first-instance-alarm`]: {
      alarmDescription: `Somebody waits for an answer of ${name}, which has no instance: starts one.`,
      namespace: "AWS/SageMaker",
      metricName: "HasBacklogWithoutCapacity",
      dimensions: { EndpointName: `frugal-ml-test-${name}` },
      statistic: "Average",
      period: 60,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "missing",
      alarmActions: [`arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:${name}-first-instance-policy`],
      tags: endpointTags(name),
    },
  };
}

function scaled(name: string) {
  return {
    serviceNamespace: "sagemaker",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    resourceId: `endpoint/frugal-ml-test-${name}/variant/AllTraffic`,
  };
}

describe("AsyncEndpoint", function () {
  this.timeout(120_000);

  it("begins with one instance, goes down to none when nothing waits, and back with the first that waits", () => {
    const name = "later";
    return assertChildren(
      name,
      expectedEndpointRole(name, { models: "our-audio/in/", further: [allow("WriteAnswers", WRITE, OUT)] }),
      expectedOptionModel(name, { container: { image: IMAGE } }),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        further: { asyncInferenceConfig: { outputConfig: { s3OutputPath: "s3://our-audio/out/" } } },
        routing: { type: "ALL_AT_ONCE" },
      }),
      expectedBacklogScaling(name, [0, 4], [5, 300, 60]),
      expectedFirstInstance(name, 60),
    );
  });

  it("makes all that its arguments ask for, never below one instance where that is the least", () => {
    const name = "later-all";
    const alarms = expectedOptionAlarms({ component: name, actions: [ENDPOINT_TOPIC], latencyMs: 30_000 });
    const rollback = [`${name}-errors-alarm`, `${name}-latency-alarm`];
    return assertChildren(
      name,
      alarms.asyncErrors,
      alarms.latency,
      expectedEndpointRole(name, {
        watch: [watchAlarms(...rollback)],
        models: ["our-models/churn/v1/model.tar.gz", "our-audio/in/"],
        further: [
          allow("WriteAnswers", WRITE, [OUT, "arn:aws:s3:::our-audio/failed/*"]),
          allow("TellOfAnswers", "sns:Publish", [ANSWERS, FAILURES]),
          STAND_IN_VPC,
          ...useKey(ENDPOINT_KEY),
        ],
      }),
      expectedOptionModel(name, { container: { image: IMAGE, modelDataUrl: ARCHIVE }, inVpc: true }),
      alarms.memory,
      alarms.waiting(300),
      expectedHosting(name, {
        variant: { instanceType: "ml.c7g.large", initialInstanceCount: 1, volumeSizeInGb: 30 },
        further: {
          kmsKeyArn: ENDPOINT_KEY,
          asyncInferenceConfig: {
            clientConfig: { maxConcurrentInvocationsPerInstance: 4 },
            outputConfig: {
              s3OutputPath: "s3://our-audio/out/",
              s3FailurePath: "s3://our-audio/failed/",
              kmsKeyId: ENDPOINT_KEY,
              notificationConfig: {
                successTopic: ANSWERS,
                errorTopic: FAILURES,
                includeInferenceResponseIns: ["SUCCESS_NOTIFICATION_TOPIC", "ERROR_NOTIFICATION_TOPIC"],
              },
            },
          },
        },
        routing: { type: "ALL_AT_ONCE" },
        rollback,
      }),
      expectedBacklogScaling(name, [1, 3], [2, 600, 120]),
    );
  });

  it("watches latency only with a threshold of its own, and tells of failures alone where only they have a topic", async () => {
    const { resources } = await recordedVariant("later-quiet");
    const alarms = resources.filter(({ type }) => type.endsWith(":MetricAlarm")).map(({ name }) => name);
    deepEqual(alarms, [
      "later-quiet-errors-alarm",
      "later-quiet-memory-alarm",
      "later-quiet-waiting-alarm",
      "later-quiet-first-instance-alarm",
    ]);
    const configuration = resources.find(({ name }) => name === "later-quiet-config");
    deepEqual(configuration?.inputs["asyncInferenceConfig"], {
      outputConfig: { s3OutputPath: "s3://our-audio/out/", notificationConfig: { errorTopic: FAILURES } },
    });
    const waiting = resources.find(({ name }) => name === "later-quiet-waiting-alarm");
    equal(waiting?.inputs["threshold"], 900);
    const first = resources.find(({ name }) => name === "later-quiet-first-instance-policy");
    deepEqual(first?.inputs["stepScalingPolicyConfiguration"], {
      adjustmentType: "ChangeInCapacity",
      metricAggregationType: "Average",
      cooldown: 120,
      stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
    });
  });

  it("tells what callers need", async () => {
    deepEqual((await recordedVariant("later")).outputs, {
      endpointName: "frugal-ml-test-later",
      endpointArn: "arn:aws:sagemaker:us-east-1:123456789012:endpoint/later-endpoint",
      roleArn: "arn:aws:iam::123456789012:role/later-role",
      inputUri: "s3://our-audio/in/",
      outputUri: "s3://our-audio/out/",
    });
  });
});
