import { NotPricedReason, type Unpriced } from "../charge";

type Why = Omit<Unpriced, "what">;

const free = (why: string): Why => ({ reason: NotPricedReason.Free, why });
const SETTINGS = free("a setting of another resource");
const ACCESS = free("permissions cost nothing");

/** Kinds that are not priced and whose reason is known, by the beginning of their type token. */
const UNPRICED: readonly (readonly [type: string, why: Why])[] = [
  ["aws:iam/", ACCESS],
  ["aws:lambda/permission:", ACCESS],
  ["aws:lambda/functionUrl:", free("included in the function's requests and duration")],
  ["aws:lambda/eventSourceMapping:", free("a queue's polls are priced with the queue")],
  ["aws:lambda/", SETTINGS],
  ["aws:s3/accessPoint:", free("requests are priced with the bucket")],
  ["aws:s3/bucketObject", free("stored with the bucket")],
  ["aws:s3/", SETTINGS],
  ["aws:s3control/", SETTINGS],
  ["aws:sqs/", SETTINGS],
  ["aws:sns/", SETTINGS],
  ["aws:ecr/", SETTINGS],
  ["aws:kms/", SETTINGS],
  ["aws:secretsmanager/", SETTINGS],
  ["aws:appautoscaling/", free("scaling itself costs nothing; what it starts is priced with the endpoint")],
  ["aws:sagemaker/model:", free("a model costs nothing until it is hosted")],
  ["aws:sagemaker/endpointConfiguration:", free("priced with its endpoint")],
  ["aws:sagemaker/domain:", { reason: NotPricedReason.UnknownInput, why: "its users decide what they start" }],
  ["aws:sagemaker/userProfile:", { reason: NotPricedReason.UnknownInput, why: "its user decides what is started" }],
  ["aws:sagemaker/", { reason: NotPricedReason.UnknownKind, why: "this kind of SageMaker is not priced yet" }],
  ["aws:ec2/vpcEndpointRouteTableAssociation:", SETTINGS],
  ["aws:ec2/securityGroup", free("security groups cost nothing")],
  ["aws:vpc/securityGroup", free("security groups cost nothing")],
  ["aws:ec2/vpc:", free("a VPC costs nothing")],
  ["aws:ec2/subnet:", free("subnets cost nothing")],
  ["aws:ec2/routeTable", free("route tables cost nothing")],
  ["aws:ec2/route:", free("routes cost nothing")],
  ["aws:ec2/internetGateway", free("an internet gateway costs nothing")],
  ["aws:ec2/", { reason: NotPricedReason.NoPrice, why: "no price of EC2's instances and volumes is in the book" }],
  ["aws:cloudfront/distribution:", { reason: NotPricedReason.UnknownInput, why: "prices depend on where readers are" }],
  ["aws:xray/", { reason: NotPricedReason.NoPrice, why: "no price of AWS X-Ray is in the book" }],
  ["aws:budgets/", { reason: NotPricedReason.NoPrice, why: "no price of budgets is in the book; two are free" }],
  ["aws:costexplorer/", free("cost allocation tags cost nothing")],
  ["aws:resourcegroups/", free("resource groups cost nothing")],
  ["docker-build:", free("a build runs where Pulumi runs")],
  ["random:", free("not of the cloud")],
  ["tls:", free("not of the cloud")],
  ["command:", free("not of the cloud")],
];

/** Why a kind has no price. */
export function whyUnpriced(type: string): Why {
  const known = UNPRICED.find(([beginning]) => type.startsWith(beginning))?.[1];
  return known ?? { reason: NotPricedReason.UnknownKind, why: `${type} is not a kind that is priced` };
}
