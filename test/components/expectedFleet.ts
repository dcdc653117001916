import { type Expected, expectedBucket, policy } from "./expectedResources";
import { IMAGE } from "./fleetVariants";

const ACCOUNT = "123456789012";

/** Tags of a fleet's resources when nothing is said about costs. */
export function fleetTags(name: string): Record<string, string> {
  return { "frugal-ml:component": name, "frugal-ml:workload": "training" };
}

/** A fleet's created bucket. */
export function expectedFleetBucket(name: string, days = 7, forceDestroy = false): Expected {
  const expected = { ...expectedBucket(name, forceDestroy, fleetTags(name), []) };
  const lifecycle = `aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration ${name}-bucket-lifecycle`;
  const [abandoned] = (expected[lifecycle]?.["rules"] ?? []) as readonly object[];
  expected[lifecycle] = {
    bucket: `${name}-bucket-id`,
    rules: [
      abandoned,
      {
        id: "working-files",
        status: "Enabled",
        filter: { prefix: "runs/" },
        expiration: { days },
        noncurrentVersionExpiration: { noncurrentDays: 1 },
      },
      {
        id: "superseded-versions",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { expiredObjectDeleteMarker: true },
        noncurrentVersionExpiration: { noncurrentDays: 7 },
      },
    ],
  };
  return expected;
}

/** The object that keeps the state from being empty. */
export function expectedState(name: string, bucket = `${name}-bucket-id`, folder = "", encryption = {}): Expected {
  return {
    [`aws:s3/bucketObjectv2:BucketObjectv2 ${name}-state`]: {
      bucket,
      key: `${folder}state/fleet.json`,
      content: JSON.stringify({ schema: 1, fleet: name }),
      contentType: "application/json",
      ...encryption,
    },
  };
}

/** How a fleet's role differs from another's. */
export interface ExpectedFleetRole {
  readonly bucket?: string;
  readonly folder?: string;
  readonly split?: boolean;
  /** Statements after those of the fleet's own folders. */
  readonly further: readonly object[];
  readonly tags?: Record<string, string>;
  readonly retentionInDays?: number;
}

/** The start function's log, and the role of pipeline and jobs with everything that it may do. */
export function expectedFleetRole(name: string, expected: ExpectedFleetRole): Expected {
  const { bucket = `${name}-bucket-id`, folder = "", split = true, tags = fleetTags(name) } = expected;
  const arn = `arn:aws:s3:::${bucket}`;
  const within = (...folders: readonly string[]) => folders.map((within) => `${arn}/${folder}${within}/*`);
  const written = split ? ["models", "runs", "pointers", "state"] : ["models", "runs"];
  const read = split ? [...written, "pins"] : written;
  const job = (type: string) => `arn:aws:sagemaker:us-east-1:${ACCOUNT}:${type}/pipelines-*`;
  const log = (type: string) => `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/aws/sagemaker/${type}:*`;
  return {
    [`aws:cloudwatch/logGroup:LogGroup ${name}-start-logs`]: { retentionInDays: expected.retentionInDays ?? 30, tags },
    [`aws:iam/role:Role ${name}-role`]: { assumeRolePolicy: trust("sagemaker.amazonaws.com"), tags },
    [`aws:iam/rolePolicy:RolePolicy ${name}-role-policy`]: {
      role: `${name}-role-id`,
      policy: policy(
        allow(
          "RunJobs",
          [
            "sagemaker:CreateProcessingJob",
            "sagemaker:DescribeProcessingJob",
            "sagemaker:StopProcessingJob",
            "sagemaker:CreateTrainingJob",
            "sagemaker:DescribeTrainingJob",
            "sagemaker:StopTrainingJob",
            "sagemaker:AddTags",
          ],
          [job("processing-job"), job("training-job")],
        ),
        {
          ...allow("PassItselfToJobs", "iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/${name}-role`),
          Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
        },
        allow(
          "PullImage",
          ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/frugal-ml-test/forecast`,
        ),
        allow("SignInToRegistry", "ecr:GetAuthorizationToken", "*"),
        allow(
          "WriteLogs",
          ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          [log("ProcessingJobs"), log("TrainingJobs")],
        ),
        {
          ...allow("WriteMetrics", "cloudwatch:PutMetricData", "*"),
          Condition: {
            StringEquals: {
              "cloudwatch:namespace": ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/TrainingJobs"],
            },
          },
        },
        allow("ReadFleet", "s3:GetObject", within(...read)),
        allow("WriteFleet", ["s3:PutObject", "s3:AbortMultipartUpload"], within(...written)),
        allow("DeleteModels", "s3:DeleteObject", within("models", "runs")),
        {
          ...allow("ListFleet", "s3:ListBucket", arn),
          Condition: { StringLike: { "s3:prefix": read.map((within) => `${folder}${within}/*`) } },
        },
        allow("LocateFleet", "s3:GetBucketLocation", arn),
        ...expected.further,
      ),
    },
  };
}

/** How a start function differs from another. */
export interface ExpectedStart {
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeout?: number;
  readonly completeness?: object;
  readonly further?: readonly object[];
  readonly tags?: Record<string, string>;
}

/** The start function with its role. */
export function expectedStart(name: string, expected: ExpectedStart): Expected {
  const { parameters, timeout = 30, completeness, further = [], tags = fleetTags(name) } = expected;
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${name}-role`;
  return {
    [`aws:iam/role:Role ${name}-start-role`]: { assumeRolePolicy: trust("lambda.amazonaws.com"), tags },
    [`aws:iam/rolePolicy:RolePolicy ${name}-start-role-policy`]: {
      role: `${name}-start-role-id`,
      policy: policy(
        allow(
          "WriteLog",
          ["logs:CreateLogStream", "logs:PutLogEvents"],
          `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${name}-start-logs:*`,
        ),
        allow("WriteTraces", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
        allow(
          "StartRuns",
          ["sagemaker:ListPipelineExecutions", "sagemaker:StartPipelineExecution"],
          `arn:aws:sagemaker:us-east-1:${ACCOUNT}:pipeline/${name}-pipeline`,
        ),
        ...further,
      ),
    },
    [`aws:lambda/function:Function ${name}-start-function`]: {
      description: "Starts a training run when none is going on and its data is complete.",
      architectures: ["arm64"],
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: { archive: "dist/functions/fleet.zip" },
      role: `arn:aws:iam::${ACCOUNT}:role/${name}-start-role`,
      memorySize: 256,
      timeout,
      environment: {
        variables: {
          FRUGAL_ML_PIPELINE: `frugal-ml-test-${name}`,
          FRUGAL_ML_PIPELINE_PARAMETERS: JSON.stringify({ RoleArn, ImageUri: IMAGE, ...parameters }),
          ...(completeness && { FRUGAL_ML_COMPLETENESS: JSON.stringify(completeness) }),
        },
      },
      loggingConfig: { logFormat: "JSON", logGroup: `${name}-start-logs` },
      tracingConfig: { mode: "Active" },
      tags,
    },
  };
}

/** The schedule with its role. */
export function expectedSchedule(name: string, expression: string, timezone: string, tags: object): Expected {
  const lambda = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}-start-function`;
  const ofAccount = {
    Sid: "SchedulesOfThisAccount",
    ...trustStatement("scheduler.amazonaws.com"),
    Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
  };
  return {
    [`aws:iam/role:Role ${name}-schedule-role`]: { assumeRolePolicy: policy(ofAccount), tags },
    [`aws:iam/rolePolicy:RolePolicy ${name}-schedule-role-policy`]: {
      role: `${name}-schedule-role-id`,
      policy: policy(allow("StartRuns", "lambda:InvokeFunction", lambda)),
    },
    [`aws:scheduler/schedule:Schedule ${name}-schedule`]: {
      description: `Starts training runs of ${name}.`,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: lambda,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}-schedule-role`,
        input: '{"time":"<aws.scheduler.scheduled-time>"}',
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
      },
    },
  };
}

/** The alarms of a fleet. */
export function expectedFleetAlarms(name: string, alarmActions: readonly string[], tags: object): Expected {
  const alarm = (
    part: string,
    alarmDescription: string,
    namespace: string,
    metricName: string,
    dimensions: object,
  ) => ({
    [`aws:cloudwatch/metricAlarm:MetricAlarm ${name}-${part}-alarm`]: {
      alarmDescription,
      namespace,
      metricName,
      dimensions,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions,
      tags,
    },
  });
  const FunctionName = `${name}-start-function`;
  return {
    ...alarm(
      "failed",
      `A training run of ${name} failed; callers go on with the models that they have.`,
      "AWS/Sagemaker/ModelBuildingPipeline",
      "ExecutionFailed",
      { PipelineName: `frugal-ml-test-${name}` },
    ),
    ...alarm("skipped", `A training run of ${name} was not started: its log says why.`, "frugal-ml", "RunsSkipped", {
      FunctionName,
    }),
    ...alarm("start-errors", `The start function of ${name} fails.`, "AWS/Lambda", "Errors", { FunctionName }),
  };
}

/** A statement that allows. */
export function allow(Sid: string, Action: string | readonly string[], Resource: string | readonly string[]): object {
  return { Sid, Effect: "Allow", Action, Resource };
}

function trust(Service: string): object {
  return policy(trustStatement(Service));
}

function trustStatement(Service: string): object {
  return { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
}

/** Leave to stand in a VPC. */
export const STAND_IN_VPC = allow(
  "StandInVpc",
  [
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteNetworkInterfacePermission",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
  ],
  "*",
);
