import { deepEqual } from "node:assert/strict";
import { assertComponentChildren } from "./assertComponentChildren";
import { ENDPOINT_KEY, ENDPOINT_TOPIC } from "./endpointVariants";
import { endpointTags, readInputs, useKey } from "./expectedEndpoint";
import { allow, expectedSchedule, STAND_IN_VPC } from "./expectedFleet";
import { expectedOptionModel, planTags, repositoryOf } from "./expectedOption";
import { type Expected, policy } from "./expectedResources";
import { IMAGE } from "./fleetVariants";
import { ARCHIVE } from "./optionVariants";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

const assertChildren = (name: VariantName, ...parts: readonly Expected[]): Promise<void> =>
  assertComponentChildren("frugal-ml:index:BatchTransform", name, ...parts);

const get = (name: string) => ({ Get: name });
const OUTPUT = {
  "Std:Join": { On: "", Values: [get("Parameters.OutputUri"), get("Execution.PipelineExecutionId"), "/"] },
};
const RETRIES = [
  {
    ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"],
    IntervalSeconds: 30,
    BackoffRate: 2,
    MaxAttempts: 5,
  },
  {
    ExceptionType: ["SageMaker.JOB_INTERNAL_ERROR", "SageMaker.CAPACITY_ERROR"],
    IntervalSeconds: 300,
    BackoffRate: 1.5,
    MaxAttempts: 4,
  },
];

/** Role, pipeline and what the role may do, in the order in which they are made. */
function expectedJobs(
  name: string,
  expected: {
    readonly tags?: Record<string, string>;
    readonly parameters: readonly string[];
    readonly step: object;
    readonly pull: string;
    readonly reads: readonly string[];
    readonly further?: readonly object[];
  },
): Expected {
  const { tags = endpointTags(name), parameters, step, pull, reads, further = [] } = expected;
  return {
    [`aws:iam/role:Role ${name}-role`]: {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags,
    },
    [`aws:sagemaker/pipeline:Pipeline ${name}-pipeline`]: {
      pipelineName: `frugal-ml-test-${name}`,
      pipelineDisplayName: `frugal-ml-test-${name}`,
      pipelineDescription: `Transforms what is asked of ${name}.`,
      pipelineDefinition: {
        Version: "2020-12-01",
        Metadata: {},
        Parameters: parameters.map((Name) => ({ Name, Type: "String" })),
        Steps: [
          {
            Name: "Transform",
            Type: "Transform",
            Arguments: {
              ModelName: get("Parameters.ModelName"),
              ...step,
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            },
            RetryPolicies: RETRIES,
          },
        ],
      },
      roleArn: `arn:aws:iam::123456789012:role/${name}-role`,
      tags,
    },
    [`aws:iam/rolePolicy:RolePolicy ${name}-role-policy`]: {
      role: `${name}-role-id`,
      policy: policy(
        allow(
          "RunJobs",
          [
            "sagemaker:CreateTransformJob",
            "sagemaker:DescribeTransformJob",
            "sagemaker:StopTransformJob",
            "sagemaker:AddTags",
          ],
          "arn:aws:sagemaker:us-east-1:123456789012:transform-job/pipelines-*",
        ),
        allow(
          "PullImage",
          ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          pull,
        ),
        allow("SignInToRegistry", "ecr:GetAuthorizationToken", "*"),
        allow(
          "WriteLogs",
          ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/TransformJobs:*",
        ),
        {
          ...allow("WriteMetrics", "cloudwatch:PutMetricData", "*"),
          Condition: { StringEquals: { "cloudwatch:namespace": "/aws/sagemaker/TransformJobs" } },
        },
        ...readInputs(reads),
        allow("WriteAnswers", ["s3:PutObject", "s3:AbortMultipartUpload"], "arn:aws:s3:::our-customers/churn/*"),
        ...further,
      ),
    },
  };
}

describe("BatchTransform", function () {
  this.timeout(120_000);

  it("makes a pipeline of one transform, and starts it only when asked, by default", () => {
    const name = "nightly";
    return assertChildren(
      name,
      expectedJobs(name, {
        parameters: ["ModelName", "InputUri", "OutputUri"],
        step: {
          MaxConcurrentTransforms: 1,
          MaxPayloadInMB: 6,
          ModelClientConfig: { InvocationsTimeoutInSeconds: 600, InvocationsMaxRetries: 3 },
          TransformInput: {
            DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: get("Parameters.InputUri") } },
            CompressionType: "None",
            SplitType: "None",
          },
          TransformOutput: { S3OutputPath: OUTPUT, AssembleWith: "None" },
          TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
        },
        pull: repositoryOf("123456789012", "frugal-ml-test/forecast"),
        reads: ["our-customers/daily/"],
      }),
      expectedOptionModel(name, { container: { image: IMAGE } }),
    );
  });

  it("splits, filters, joins and assembles on a schedule, with a key, a network, an alarm and plan tags on every job", () => {
    const name = "nightly-all";
    const tags = planTags(name, "3yr", "all-upfront", "1");
    const schedule = expectedSchedule(name, "cron(0 2 * * ? *)", "Europe/Berlin", tags);
    const missedRuns = `arn:aws:sqs:us-east-1:123456789012:${name}-missed-runs`;
    const pipelineArn = `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${name}-pipeline`;
    return assertChildren(
      name,
      expectedJobs(name, {
        tags,
        parameters: ["ModelName", "InputUri", "OutputUri", "KmsKeyArn"],
        step: {
          MaxConcurrentTransforms: 4,
          MaxPayloadInMB: 25,
          BatchStrategy: "MultiRecord",
          ModelClientConfig: { InvocationsTimeoutInSeconds: 60, InvocationsMaxRetries: 1 },
          TransformInput: {
            DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: get("Parameters.InputUri") } },
            ContentType: "text/csv",
            CompressionType: "Gzip",
            SplitType: "Line",
          },
          TransformOutput: {
            S3OutputPath: OUTPUT,
            Accept: "text/csv",
            AssembleWith: "Line",
            KmsKeyId: get("Parameters.KmsKeyArn"),
          },
          TransformResources: {
            InstanceType: "ml.m5.large",
            InstanceCount: 2,
            VolumeKmsKeyId: get("Parameters.KmsKeyArn"),
          },
          DataProcessing: { InputFilter: "$[1:]", OutputFilter: "$[0,-1]", JoinSource: "Input" },
        },
        pull: repositoryOf("683313688378", "sagemaker-xgboost"),
        reads: ["our-models/churn/v1/model.tar.gz", "our-customers/daily/"],
        further: [STAND_IN_VPC, ...useKey(ENDPOINT_KEY)],
      }),
      expectedOptionModel(name, {
        tags,
        isolated: false,
        inVpc: true,
        container: {
          image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
          modelDataUrl: ARCHIVE,
        },
      }),
      {
        [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-failed-alarm`]: {
          alarmDescription: `A run of ${name} failed; its answers are missing.`,
          namespace: "AWS/Sagemaker/ModelBuildingPipeline",
          metricName: "ExecutionFailed",
          dimensions: { PipelineName: `frugal-ml-test-${name}` },
          statistic: "Sum",
          period: 300,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          treatMissingData: "notBreaching",
          alarmActions: [ENDPOINT_TOPIC],
          tags,
        },
        [`aws:sqs/queue:Queue ${name}-missed-runs`]: {
          messageRetentionSeconds: 1_209_600,
          sqsManagedSseEnabled: true,
          tags,
        },
        [`aws:iam/role:Role ${name}-schedule-role`]: schedule[`aws:iam/role:Role ${name}-schedule-role`] ?? {},
        [`aws:iam/rolePolicy:RolePolicy ${name}-schedule-role-policy`]: {
          role: `${name}-schedule-role-id`,
          policy: policy(
            allow("StartRuns", "sagemaker:StartPipelineExecution", pipelineArn),
            allow("KeepMissedRuns", "sqs:SendMessage", missedRuns),
          ),
        },
        [`aws:scheduler/schedule:Schedule ${name}-schedule`]: {
          description: `Starts transforms of ${name}.`,
          scheduleExpression: "cron(0 2 * * ? *)",
          scheduleExpressionTimezone: "Europe/Berlin",
          flexibleTimeWindow: { mode: "OFF" },
          target: {
            arn: pipelineArn,
            roleArn: `arn:aws:iam::123456789012:role/${name}-schedule-role`,
            sagemakerPipelineParameters: {
              pipelineParameters: [
                { name: "ModelName", value: `${name}-model` },
                { name: "InputUri", value: "s3://our-customers/daily/" },
                { name: "OutputUri", value: "s3://our-customers/churn/" },
                { name: "KmsKeyArn", value: ENDPOINT_KEY },
              ],
            },
            retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
            deadLetterConfig: { arn: missedRuns },
          },
        },
        [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-missed-alarm`]: {
          alarmDescription: `A run of ${name} could not be started; ${name}-missed-runs has what it was to be given.`,
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: `${name}-missed-runs` },
          statistic: "Maximum",
          period: 300,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          treatMissingData: "notBreaching",
          alarmActions: [ENDPOINT_TOPIC],
          tags,
        },
      },
    );
  });

  it("tells what starting a run by hand needs", async () => {
    deepEqual((await recordedVariant("nightly")).outputs, {
      pipelineArn: "arn:aws:sagemaker:us-east-1:123456789012:pipeline/nightly-pipeline",
      pipelineName: "frugal-ml-test-nightly",
      pipelineParameters: {
        ModelName: "nightly-model",
        InputUri: "s3://our-customers/daily/",
        OutputUri: "s3://our-customers/churn/",
      },
      modelName: "nightly-model",
      roleArn: "arn:aws:iam::123456789012:role/nightly-role",
      outputUri: "s3://our-customers/churn/",
    });
  });
});
