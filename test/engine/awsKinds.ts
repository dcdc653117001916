import { createHash } from "node:crypto";

/** Account and Region of everything that the double makes. */
export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";

/** What the double knows of a resource before it answers. */
export interface Made {
  /** Physical name, or what stands for one. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** How AWS treats a type of resource, as far as it shows at the engine. */
export interface AwsKind {
  /** Input that holds the physical name, and how long that may be. Without one the resource has no name of its own. */
  readonly name?: { readonly property: string; readonly longest: number; readonly shortest?: number };
  /** Inputs whose change replaces the resource: those that the provider documents as forcing a new one. */
  readonly replacedBy: "all" | readonly string[];
  /** Identity, where it is not the physical name. Two live resources of a type cannot share it. */
  id?(made: Made): string;
  /** What AWS adds to the inputs. */
  outputs?(made: Made): Record<string, unknown>;
}

const ofBucket = (replacedBy: readonly string[] = []): AwsKind => ({
  replacedBy: ["bucket", ...replacedBy],
  id: ({ inputs }) => String(inputs["bucket"]),
});
const arn = (service: string, resource: string, account = ACCOUNT): string =>
  `arn:aws:${service}:${REGION}:${account}:${resource}`;

const queueUrl = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

/** Ten letters and digits, as API Gateway makes them up. */
const apiId = (name: string): string => createHash("sha256").update(name).digest("hex").slice(0, 10);

/** Types that this project uses now or has decided to use. Others get {@link plainKind}. */
const KINDS: Readonly<Record<string, AwsKind>> = {
  "aws:s3/bucket:Bucket": {
    name: { property: "bucket", shortest: 3, longest: 63 },
    replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
    outputs: ({ name }) => ({
      arn: `arn:aws:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
    }),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket(),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket(["expectedBucketOwner"]),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket(["expectedBucketOwner"]),
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket(),
  "aws:s3/bucketNotification:BucketNotification": ofBucket(),
  "aws:sqs/queue:Queue": {
    name: { property: "name", longest: 80 },
    replacedBy: ["name", "namePrefix", "fifoQueue"],
    id: ({ name }) => queueUrl(name),
    outputs: ({ name }) => ({ arn: arn("sqs", name), url: queueUrl(name) }),
  },
  "aws:sqs/queuePolicy:QueuePolicy": { replacedBy: ["queueUrl"], id: ({ inputs }) => String(inputs["queueUrl"]) },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    replacedBy: ["eventSourceArn", "startingPosition"],
    id: ({ inputs }) => `${inputs["functionName"]}:${inputs["eventSourceArn"]}`,
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    name: { property: "dashboardName", longest: 255 },
    replacedBy: ["dashboardName"],
    outputs: ({ name }) => ({ dashboardArn: `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}` }),
  },
  "aws:s3/accessPoint:AccessPoint": {
    name: { property: "name", shortest: 3, longest: 50 },
    replacedBy: [
      "accountId",
      "bucket",
      "bucketAccountId",
      "name",
      "publicAccessBlockConfiguration",
      "vpcConfiguration",
    ],
    id: ({ name }) => `${ACCOUNT}:${name}`,
    outputs: ({ name }) => ({
      arn: arn("s3", `accesspoint/${name}`),
      // As long as the real one, which AWS derives from the name and letters of its own.
      alias: `${name.slice(0, 20)}-${"x".repeat(34)}-s3alias`,
      domainName: `${name}-${ACCOUNT}.s3-accesspoint.${REGION}.amazonaws.com`,
      networkOrigin: "Internet",
      hasPublicAccessPolicy: false,
    }),
  },
  "aws:s3control/accessPointPolicy:AccessPointPolicy": {
    replacedBy: ["accessPointArn"],
    id: ({ inputs }) => String(inputs["accessPointArn"]),
    outputs: () => ({ hasPublicAccessPolicy: false }),
  },
  "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint": {
    name: { property: "name", shortest: 3, longest: 45 },
    replacedBy: ["accountId", "name"],
    id: ({ name }) => `${ACCOUNT}:${name}`,
    outputs: ({ name }) => ({
      arn: arn("s3-object-lambda", `accesspoint/${name}`),
      alias: `${name.slice(0, 20)}-${"x".repeat(34)}--ol-s3`,
    }),
  },
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": {
    replacedBy: ["accountId", "name"],
    id: ({ inputs }) => `${ACCOUNT}:${inputs["name"]}`,
    outputs: () => ({ hasPublicAccessPolicy: false }),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    name: { property: "name", longest: 512 },
    replacedBy: ["name", "namePrefix", "logGroupClass"],
    outputs: ({ name }) => ({ arn: arn("logs", `log-group:${name}`) }),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: { property: "name", longest: 255 },
    replacedBy: ["name"],
    outputs: ({ name }) => ({ arn: arn("cloudwatch", `alarm:${name}`) }),
  },
  "aws:iam/role:Role": {
    name: { property: "name", longest: 64 },
    replacedBy: ["name", "namePrefix", "path"],
    outputs: ({ name }) => ({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, uniqueId: `AROA${name}` }),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    name: { property: "name", longest: 128 },
    replacedBy: ["name", "namePrefix", "role"],
    id: ({ name, inputs }) => `${inputs["role"]}:${name}`,
  },
  "aws:lambda/function:Function": {
    name: { property: "name", longest: 64 },
    replacedBy: ["name", "packageType"],
    outputs: ({ name }) => ({
      arn: arn("lambda", `function:${name}`),
      qualifiedArn: arn("lambda", `function:${name}:$LATEST`),
      invokeArn: arn("apigateway", `lambda:path/2015-03-31/functions/${arn("lambda", `function:${name}`)}/invocations`),
      version: "$LATEST",
    }),
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    replacedBy: ["functionName", "qualifier"],
    id: ({ inputs }) => String(inputs["functionName"]),
    outputs: ({ inputs }) => ({
      functionArn: arn("lambda", `function:${inputs["functionName"]}`),
      functionUrl: `https://abcdefghijklmnopqrstuvwxyz012345.lambda-url.${REGION}.on.aws/`,
      urlId: "abcdefghijklmnopqrstuvwxyz012345",
    }),
  },
  "aws:lambda/alias:Alias": {
    replacedBy: ["name", "functionName"],
    id: ({ inputs }) => arn("lambda", `function:${inputs["functionName"]}:${inputs["name"]}`),
    outputs: ({ inputs }) => ({
      arn: arn("lambda", `function:${inputs["functionName"]}:${inputs["name"]}`),
      invokeArn: `${arn("apigateway", "lambda:path/2015-03-31/functions")}/${inputs["functionName"]}/invocations`,
    }),
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    replacedBy: ["functionName", "qualifier"],
    id: ({ inputs }) => `${inputs["functionName"]},${inputs["qualifier"]}`,
  },
  "aws:apigatewayv2/api:Api": {
    name: { property: "name", longest: 128 },
    replacedBy: ["protocolType"],
    id: ({ name }) => apiId(name),
    outputs: ({ name }) => ({
      arn: `arn:aws:apigateway:${REGION}::/apis/${apiId(name)}`,
      apiEndpoint: `https://${apiId(name)}.execute-api.${REGION}.amazonaws.com`,
      executionArn: arn("execute-api", apiId(name)),
    }),
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    name: { property: "name", longest: 128 },
    replacedBy: ["apiId"],
    id: ({ inputs, name }) => `${inputs["apiId"]}-${name}`,
  },
  "aws:apigatewayv2/integration:Integration": { replacedBy: ["apiId", "connectionType", "integrationSubtype"] },
  "aws:apigatewayv2/route:Route": {
    replacedBy: ["apiId"],
    id: ({ inputs }) => `${inputs["apiId"]} ${inputs["routeKey"]}`,
  },
  "aws:apigatewayv2/stage:Stage": {
    replacedBy: ["apiId", "name"],
    id: ({ inputs }) => `${inputs["apiId"]}/${inputs["name"]}`,
    outputs: ({ inputs }) => ({
      executionArn: arn("execute-api", `${inputs["apiId"]}/${inputs["name"]}`),
      invokeUrl: `https://${inputs["apiId"]}.execute-api.${REGION}.amazonaws.com/`,
    }),
  },
  "aws:lambda/permission:Permission": { name: { property: "statementId", longest: 100 }, replacedBy: "all" },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    replacedBy: ["bucket", "key"],
    id: ({ inputs }) => `${inputs["bucket"]}/${inputs["key"]}`,
  },
  "aws:ecr/repository:Repository": {
    name: { property: "name", shortest: 2, longest: 256 },
    replacedBy: ["name", "encryptionConfigurations"],
    outputs: ({ name }) => ({
      arn: arn("ecr", `repository/${name}`),
      registryId: ACCOUNT,
      repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${name}`,
    }),
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    replacedBy: ["repository", "policy"],
    id: ({ inputs }) => String(inputs["repository"]),
  },
  "aws:scheduler/schedule:Schedule": {
    name: { property: "name", longest: 64 },
    replacedBy: ["name", "namePrefix", "groupName"],
    id: ({ name }) => `default/${name}`,
    outputs: ({ name }) => ({ arn: arn("scheduler", `schedule/default/${name}`) }),
  },
  "aws:sagemaker/pipeline:Pipeline": {
    name: { property: "pipelineName", longest: 256 },
    replacedBy: ["pipelineName"],
    outputs: ({ name }) => ({ arn: arn("sagemaker", `pipeline/${name}`) }),
  },
  "aws:sagemaker/model:Model": { name: { property: "name", longest: 63 }, replacedBy: "all" },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    name: { property: "name", longest: 63 },
    replacedBy: "all",
  },
  // What scales is registered once: its identity is the resource that it is about.
  "aws:appautoscaling/target:Target": {
    replacedBy: ["resourceId", "scalableDimension", "serviceNamespace"],
    id: ({ inputs }) => String(inputs["resourceId"]),
    outputs: ({ name }) => ({
      arn: arn("application-autoscaling", `scalable-target/${name}`),
      roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
    }),
  },
  "aws:appautoscaling/policy:Policy": {
    name: { property: "name", longest: 256 },
    replacedBy: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    outputs: ({ name, inputs }) => ({
      arn: arn("autoscaling", `scalingPolicy:0a1b2c3d:resource/sagemaker/${inputs["resourceId"]}:policyName/${name}`),
      alarmArns: ["High", "Low"].map((side) =>
        arn("cloudwatch", `alarm:TargetTracking-${inputs["resourceId"]}-Alarm${side}-0a1b2c3d`),
      ),
    }),
  },
  "aws:sagemaker/endpoint:Endpoint": { name: { property: "name", longest: 63 }, replacedBy: ["name"] },
  "aws:budgets/budget:Budget": {
    name: { property: "name", longest: 100 },
    replacedBy: ["accountId", "name", "namePrefix"],
    id: ({ name }) => `${ACCOUNT}:${name}`,
    outputs: ({ name }) => ({ accountId: ACCOUNT, arn: `arn:aws:budgets::${ACCOUNT}:budget/${name}` }),
  },
  "aws:costexplorer/costAllocationTag:CostAllocationTag": {
    replacedBy: ["tagKey"],
    id: ({ inputs }) => String(inputs["tagKey"]),
    outputs: () => ({ type: "UserDefined" }),
  },
};

/** How a type is treated, when the project has said so. */
export function knownKind(type: string): AwsKind | undefined {
  return KINDS[type];
}

/** A type of which nothing more is known than whether it takes a name. */
export function plainKind(takesName: boolean): AwsKind {
  return takesName ? { name: { property: "name", longest: 64 }, replacedBy: ["name"] } : { replacedBy: [] };
}

/** An ARN of the usual shape, for types that say none of their own. */
export function plainArn(type: string, name: string): string {
  const [, file = "", kind = ""] = type.split(":");
  return arn(file.split("/")[0] ?? "", `${kind.toLowerCase()}/${name}`);
}
