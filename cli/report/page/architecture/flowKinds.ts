import type { FlowShape } from "./flowGraph";

/** A type of resource that data passes through. */
export interface FlowKind {
  readonly shape: FlowShape;
  readonly kind: string;
  /** True when somebody outside of the stack asks it. */
  readonly asked?: boolean;
}

/** Types of resources that are drawn. Everything else holds them together: roles, policies, settings, logs. */
export const FLOW_KINDS: Readonly<Record<string, FlowKind>> = {
  "aws:s3/bucket:Bucket": { shape: "store", kind: "S3 bucket" },
  "aws:s3/bucketV2:BucketV2": { shape: "store", kind: "S3 bucket" },
  "aws:dynamodb/table:Table": { shape: "store", kind: "DynamoDB table" },
  "aws:lambda/function:Function": { shape: "work", kind: "Lambda function" },
  "aws:sagemaker/pipeline:Pipeline": { shape: "work", kind: "SageMaker pipeline" },
  "aws:sagemaker/notebookInstance:NotebookInstance": { shape: "work", kind: "SageMaker notebook" },
  "aws:sagemaker/endpoint:Endpoint": { shape: "work", kind: "SageMaker endpoint", asked: true },
  "aws:sqs/queue:Queue": { shape: "queue", kind: "SQS queue" },
  "aws:sns/topic:Topic": { shape: "queue", kind: "SNS topic" },
  "aws:lambda/functionUrl:FunctionUrl": { shape: "door", kind: "function URL", asked: true },
  "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint": {
    shape: "door",
    kind: "S3 Object Lambda",
    asked: true,
  },
  "aws:apigatewayv2/api:Api": { shape: "door", kind: "HTTP API", asked: true },
  "aws:apigateway/restApi:RestApi": { shape: "door", kind: "REST API", asked: true },
  "aws:cloudfront/distribution:Distribution": { shape: "door", kind: "CloudFront", asked: true },
  "aws:ecr/repository:Repository": { shape: "image", kind: "container image" },
  "aws:scheduler/schedule:Schedule": { shape: "clock", kind: "schedule" },
  "aws:cloudwatch/eventRule:EventRule": { shape: "clock", kind: "event rule" },
};

/** A type of resource that joins two others: properties that name what is at its ends. */
export interface LinkKind {
  readonly type: string;
  /** Property, or the resource itself. */
  readonly from: readonly string[] | "itself";
  readonly to: readonly string[] | "itself";
  readonly label: string;
}

/** How resources lead from one to another by what they are, whoever may do what. */
export const LINK_KINDS: readonly LinkKind[] = [
  {
    type: "aws:s3/bucketNotification:BucketNotification",
    from: ["bucket"],
    to: ["queues", "lambdaFunctions", "topics"],
    label: "changes",
  },
  {
    type: "aws:lambda/eventSourceMapping:EventSourceMapping",
    from: ["eventSourceArn"],
    to: ["functionName"],
    label: "batches",
  },
  { type: "aws:sqs/queue:Queue", from: "itself", to: ["redrivePolicy"], label: "failures" },
  { type: "aws:sns/topicSubscription:TopicSubscription", from: ["topic"], to: ["endpoint"], label: "messages" },
  { type: "aws:lambda/functionUrl:FunctionUrl", from: ["functionName"], to: "itself", label: "answers" },
  {
    type: "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint",
    from: ["configuration"],
    to: "itself",
    label: "answers",
  },
  { type: "aws:apigatewayv2/integration:Integration", from: ["integrationUri"], to: ["apiId"], label: "answers" },
  { type: "aws:scheduler/schedule:Schedule", from: "itself", to: ["target"], label: "starts" },
  { type: "aws:cloudwatch/eventTarget:EventTarget", from: ["rule"], to: ["arn"], label: "starts" },
];

/** Resources that stand for others: what asks for them means what a property of theirs names. */
export const STANDS_FOR: Readonly<Record<string, string>> = {
  "aws:s3/accessPoint:AccessPoint": "bucket",
  "aws:lambda/alias:Alias": "functionName",
};

/** Resources that are part of others: those whose property names them. */
export const PART_OF: Readonly<Record<string, { readonly type: string; readonly property: string }>> = {
  "aws:sagemaker/model:Model": {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    property: "productionVariants",
  },
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": {
    type: "aws:sagemaker/endpoint:Endpoint",
    property: "endpointConfigName",
  },
};

/** Properties by which a resource is given the role that it acts in. */
export const ROLE_PROPERTIES = ["role", "roleArn", "executionRoleArn"] as const;

/** What may be done to a resource, by what its owner's policy calls it. Those on objects of S3 tell a prefix too. */
export const ACTION_FLOWS: Readonly<
  Record<string, { readonly towards: "actor" | "resource"; readonly label: string }>
> = {
  "s3:GetObject": { towards: "actor", label: "reads" },
  "s3:PutObject": { towards: "resource", label: "writes" },
  "dynamodb:GetItem": { towards: "actor", label: "reads" },
  "dynamodb:PutItem": { towards: "resource", label: "writes" },
  "sqs:SendMessage": { towards: "resource", label: "sends" },
  "sns:Publish": { towards: "resource", label: "sends" },
  "ecr:BatchGetImage": { towards: "actor", label: "image" },
  "lambda:InvokeFunction": { towards: "resource", label: "calls" },
  "sagemaker:InvokeEndpoint": { towards: "resource", label: "asks" },
  "sagemaker:InvokeEndpointAsync": { towards: "resource", label: "asks" },
  "sagemaker:StartPipelineExecution": { towards: "resource", label: "starts" },
  "states:StartExecution": { towards: "resource", label: "starts" },
};
