import { allow } from "./expectedFleet";
import { type Expected, policy } from "./expectedResources";
import { IMAGE } from "./fleetVariants";

const ACCOUNT = "123456789012";

/** Tags of an endpoint's resources when nothing is said about costs. */
export function endpointTags(name: string): Record<string, string> {
  return { "frugal-ml:component": name, "frugal-ml:workload": "inference" };
}

/** How the role of an endpoint differs from another's. */
export interface ExpectedEndpointRole {
  readonly tags?: Record<string, string>;
  readonly retentionInDays?: number;
  /** Statements before those of the models. */
  readonly watch?: readonly object[];
  /** Repositories that images are pulled from. Defaults to the forecast's. */
  readonly pull?: string | readonly string[];
  /** Folders or objects that are read, without `s3://`. */
  readonly models: string | readonly string[];
  /** Statements after those of the models. */
  readonly further?: readonly object[];
}

/** The log, and the role of the containers with everything that it may do. */
export function expectedEndpointRole(name: string, expected: ExpectedEndpointRole): Expected {
  const { tags = endpointTags(name), retentionInDays = 30, watch = [], models, further = [] } = expected;
  const { pull = `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/frugal-ml-test/forecast` } = expected;
  const group = `/aws/sagemaker/Endpoints/frugal-ml-test-${name}`;
  return {
    [`aws:cloudwatch/logGroup:LogGroup ${name}-logs`]: { name: group, retentionInDays, tags },
    [`aws:iam/role:Role ${name}-role`]: {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      tags,
    },
    [`aws:iam/rolePolicy:RolePolicy ${name}-role-policy`]: {
      role: `${name}-role-id`,
      policy: policy(
        allow(
          "PullImage",
          ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          pull,
        ),
        allow("SignInToRegistry", "ecr:GetAuthorizationToken", "*"),
        allow(
          "WriteLogs",
          ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${group}:*`,
        ),
        {
          ...allow("WriteMetrics", "cloudwatch:PutMetricData", "*"),
          Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/SageMaker", "/aws/sagemaker/Endpoints"] } },
        },
        ...watch,
        ...readInputs(typeof models === "string" ? [models] : models),
        ...further,
      ),
    },
  };
}

/** Leave to read folders or objects, given without `s3://`, and to list what begins so. */
export function readInputs(addresses: readonly string[]): readonly object[] {
  if (addresses.length === 0) return [];
  const parts = addresses.map((address) => {
    const [bucket = "", ...rest] = address.split("/");
    return { bucket, prefix: `${rest.join("/")}*` };
  });
  return [
    allow(
      "ReadInputs",
      "s3:GetObject",
      parts.map(({ bucket, prefix }) => `arn:aws:s3:::${bucket}/${prefix}`),
    ),
    ...[...new Set(parts.map(({ bucket }) => bucket))].map((listed, index) => ({
      ...allow(`ListInputs${index}`, "s3:ListBucket", `arn:aws:s3:::${listed}`),
      Condition: {
        StringLike: { "s3:prefix": parts.filter(({ bucket }) => bucket === listed).map(({ prefix }) => prefix) },
      },
    })),
  ];
}

/** Leave to look at the alarms that undo an update. */
export function watchUpdates(name: string): object {
  const arn = (part: string) => `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}-${part}-alarm`;
  return allow("WatchUpdates", "cloudwatch:DescribeAlarms", [arn("errors"), arn("latency")]);
}

/** Leave to use a key: for objects, and for volumes. */
export function useKey(key: string): readonly object[] {
  return [
    {
      ...allow("EncryptObjects", ["kms:Decrypt", "kms:GenerateDataKey"], key),
      Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
    },
    allow("DescribeKey", "kms:DescribeKey", key),
    {
      ...allow("EncryptVolumes", "kms:CreateGrant", key),
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** The model: an image over a prefix. */
export function expectedModel(
  name: string,
  modelDataUrl: string,
  { tags = endpointTags(name), cache = "Enabled", environment = {}, network = {}, isolated = true } = {},
): Expected {
  return {
    [`aws:sagemaker/model:Model ${name}-model`]: {
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/${name}-role`,
      enableNetworkIsolation: isolated,
      primaryContainer: {
        image: IMAGE,
        mode: "MultiModel",
        modelDataUrl,
        multiModelConfig: { modelCacheSetting: cache },
        environment,
      },
      ...network,
      tags,
    },
  };
}

/** What of a configuration and its endpoint differs from another's. */
export interface ExpectedHosting {
  readonly tags?: Record<string, string>;
  /** Of the only variant: type, count, volume. */
  readonly variant?: object;
  /** Every variant as it is, where there are several. */
  readonly variants?: readonly object[];
  /** Key and capture of the configuration. */
  readonly further?: object;
  readonly bakeSeconds?: number;
  readonly routing: object;
  /** Names of the alarms that undo an update. */
  readonly rollback?: readonly string[];
}

/** The configuration, and the endpoint that has it. */
export function expectedHosting(name: string, expected: ExpectedHosting): Expected {
  const { tags = endpointTags(name), bakeSeconds = 300, rollback = [] } = expected;
  return {
    [`aws:sagemaker/endpointConfiguration:EndpointConfiguration ${name}-config`]: {
      productionVariants: expected.variants ?? [
        { variantName: "AllTraffic", modelName: `${name}-model`, initialVariantWeight: 1, ...expected.variant },
      ],
      ...expected.further,
      tags,
    },
    [`aws:sagemaker/endpoint:Endpoint ${name}-endpoint`]: {
      name: `frugal-ml-test-${name}`,
      endpointConfigName: `${name}-config`,
      deploymentConfig: {
        blueGreenUpdatePolicy: {
          trafficRoutingConfiguration: { ...expected.routing, waitIntervalInSeconds: bakeSeconds },
          terminationWaitInSeconds: bakeSeconds,
        },
        ...(rollback.length > 0 && {
          autoRollbackConfiguration: { alarms: rollback.map((alarmName) => ({ alarmName })) },
        }),
      },
      tags,
    },
  };
}

/** What is captured of requests and answers. */
export function expectedCapture(destinationS3Uri: string, initialSamplingPercentage: number, kmsKeyId: string): object {
  return {
    dataCaptureConfig: {
      enableCapture: true,
      initialSamplingPercentage,
      destinationS3Uri,
      captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
      captureContentTypeHeader: { csvContentTypes: ["text/csv"], jsonContentTypes: ["application/json"] },
      kmsKeyId,
    },
  };
}

/** Leave to keep what is captured. */
export function keepCaptured(folder: string): object {
  return allow("WriteCaptured", ["s3:PutObject", "s3:AbortMultipartUpload"], `arn:aws:s3:::${folder}*`);
}

/** The registration with Application Auto Scaling, and its policy. */
export function expectedScaling(
  name: string,
  [minCapacity, maxCapacity]: readonly [number, number],
  [targetValue, scaleInCooldown, scaleOutCooldown]: readonly [number, number, number],
  tags = endpointTags(name),
): Expected {
  const scaled = {
    serviceNamespace: "sagemaker",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    resourceId: `endpoint/frugal-ml-test-${name}/variant/AllTraffic`,
  };
  return {
    [`aws:appautoscaling/target:Target ${name}-scaling`]: { ...scaled, minCapacity, maxCapacity, tags },
    [`aws:appautoscaling/policy:Policy ${name}-scaling-policy`]: {
      policyType: "TargetTrackingScaling",
      ...scaled,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
        targetValue,
        scaleInCooldown,
        scaleOutCooldown,
      },
    },
  };
}
