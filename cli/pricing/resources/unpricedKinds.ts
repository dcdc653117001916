import { NotPricedReason, type Unpriced } from "../charge";

type Why = Omit<Unpriced, "what">;

const free = (why: string): Why => ({ reason: NotPricedReason.Free, why });
const unknown = (why: string): Why => ({ reason: NotPricedReason.UnknownInput, why });
const noPrice = (why: string): Why => ({ reason: NotPricedReason.NoPrice, why });

const ACCESS = free("permissions cost nothing");
const NETWORK = free("a part of a network that costs nothing by itself");
const SETTINGS = free("a setting of another resource");
const EC2 = noPrice("no price of EC2's instances and volumes is in the book");
const ONCE = unknown("it runs once, when it is made; a month of it is not known");
const ELSEWHERE = free("not of the cloud");

/** Kinds that are not priced and whose reason is known, by the beginning of their type token. */
export const UNPRICED_KINDS: readonly (readonly [type: string, why: Why])[] = [
  ["aws:iam/", ACCESS],
  ["aws:lambda/permission:", ACCESS],
  ["aws:lambda/functionUrl:", free("included in the function's requests and duration")],
  ["aws:lambda/eventSourceMapping:", free("a queue's polls are priced with the queue")],
  ["aws:lambda/alias:", SETTINGS],
  ["aws:lambda/functionEventInvokeConfig:", SETTINGS],
  ["aws:lambda/layerVersion", SETTINGS],
  ["aws:s3/accessPoint:", free("requests are priced with the bucket")],
  ["aws:s3/bucketObject", free("stored with the bucket")],
  ["aws:s3/bucket", SETTINGS],
  ["aws:s3/accountPublicAccessBlock:", SETTINGS],
  ["aws:s3control/accessPointPolicy:", SETTINGS],
  ["aws:s3control/objectLambdaAccessPointPolicy:", SETTINGS],
  ["aws:sqs/queuePolicy:", SETTINGS],
  ["aws:sqs/redrive", SETTINGS],
  ["aws:sns/topicPolicy:", SETTINGS],
  ["aws:sns/topicSubscription:", unknown("what is delivered, and how, is not known; to SQS and Lambda it is free")],
  ["aws:ecr/lifecyclePolicy:", SETTINGS],
  ["aws:ecr/repositoryPolicy:", SETTINGS],
  ["aws:kms/alias:", SETTINGS],
  ["aws:kms/grant:", SETTINGS],
  ["aws:kms/keyPolicy:", SETTINGS],
  ["aws:secretsmanager/secretPolicy:", SETTINGS],
  ["aws:secretsmanager/secretRotation:", SETTINGS],
  ["aws:secretsmanager/secretVersion:", SETTINGS],
  ["aws:scheduler/scheduleGroup:", SETTINGS],
  ["aws:cloudwatch/logResourcePolicy:", ACCESS],
  ["aws:cloudwatch/eventTarget:", free("what it starts is priced itself")],
  ["aws:apigatewayv2/integration:", SETTINGS],
  ["aws:apigatewayv2/route:", SETTINGS],
  ["aws:apigatewayv2/stage:", SETTINGS],
  ["aws:apigateway/integration:", SETTINGS],
  ["aws:apigateway/method:", SETTINGS],
  ["aws:apigateway/resource:", SETTINGS],
  ["aws:appautoscaling/", free("scaling itself costs nothing; what it starts is priced with the endpoint")],
  ["aws:sagemaker/model:", free("a model costs nothing until it is hosted")],
  ["aws:sagemaker/modelPackageGroup:", free("its models cost nothing until they are hosted")],
  ["aws:sagemaker/endpointConfiguration:", free("priced with its endpoint")],
  ["aws:sagemaker/notebookInstanceLifecycleConfiguration:", SETTINGS],
  ["aws:sagemaker/domain:", unknown("its users decide what they start")],
  ["aws:sagemaker/userProfile:", unknown("its user decides what is started")],
  ["aws:sagemaker/space:", unknown("its users decide what they start")],
  ["aws:sagemaker/trainingJob:", ONCE],
  ["aws:ec2/internetGateway:", NETWORK],
  ["aws:ec2/route:", NETWORK],
  ["aws:ec2/routeTable", NETWORK],
  ["aws:ec2/securityGroup", NETWORK],
  ["aws:ec2/subnet:", NETWORK],
  ["aws:ec2/vpc:", NETWORK],
  ["aws:ec2/vpcEndpointRouteTableAssociation:", NETWORK],
  ["aws:ec2/vpcEndpointSubnetAssociation:", SETTINGS],
  ["aws:vpc/securityGroup", NETWORK],
  ["aws:ec2/launchTemplate:", free("what it starts is what costs")],
  ["aws:ec2/instance:", EC2],
  ["aws:ec2/fleet:", EC2],
  ["aws:ec2/spot", EC2],
  ["aws:ebs/volume:", EC2],
  ["aws:cloudfront/cachePolicy:", SETTINGS],
  ["aws:cloudfront/originAccess", ACCESS],
  ["aws:cloudfront/originRequestPolicy:", SETTINGS],
  ["aws:cloudfront/responseHeadersPolicy:", SETTINGS],
  ["aws:xray/", free("traces are priced with what records them")],
  ["aws:budgets/budget:", free("a budget that only notifies costs nothing")],
  ["aws:budgets/", noPrice("no price of AWS Budgets' actions is in the book")],
  ["aws:savingsplans/", unknown("a commitment, which is not of one resource")],
  ["aws:costexplorer/costAllocationTag:", free("cost allocation tags cost nothing")],
  ["docker-build:", free("a build runs where Pulumi runs")],
  ["random:", ELSEWHERE],
  ["tls:", ELSEWHERE],
];

/** Why a kind has no price. */
export function whyUnpriced(type: string): Why {
  const known = UNPRICED_KINDS.find(([beginning]) => type.startsWith(beginning))?.[1];
  return known ?? { reason: NotPricedReason.UnknownKind, why: `${type} is not a kind that is priced` };
}
