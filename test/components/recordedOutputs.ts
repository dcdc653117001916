const ACCOUNT = "123456789012";
const REGION = "us-east-1";

/** What AWS decides of a resource, by type: values of the documented shape that tell one resource from another. */
export function recordedOutputs(type: string, name: string): Record<string, unknown> {
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${name}-id`, bucket: `${name}-id` };
    case "aws:s3/accessPoint:AccessPoint":
      return { arn: `arn:aws:s3:${REGION}:${ACCOUNT}:accesspoint/${name}`, alias: `${name}-s3alias`, name };
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`, name };
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, name };
    case "aws:lambda/function:Function":
      return {
        arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
        invokeArn: `invoke ${name}`,
        version: "7",
        name,
      };
    case "aws:lambda/alias:Alias":
      return { arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}:live`, invokeArn: `invoke ${name}` };
    case "aws:apigatewayv2/api:Api":
      return {
        apiEndpoint: `https://${name}.execute-api.${REGION}.amazonaws.com`,
        executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${name}-id`,
      };
    case "aws:lambda/functionUrl:FunctionUrl":
      return { functionUrl: `https://${name}.lambda-url.${REGION}.on.aws/` };
    case "aws:sqs/queue:Queue":
      return {
        arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
        url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
        name,
      };
    case "aws:sns/topic:Topic":
      return { arn: `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`, name };
    case "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint":
      return {
        arn: `arn:aws:s3-object-lambda:${REGION}:${ACCOUNT}:accesspoint/${name}`,
        alias: `${name}--ol-s3`,
        name,
      };
    case "aws:sagemaker/pipeline:Pipeline":
      return { arn: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:pipeline/${name}` };
    case "aws:sagemaker/model:Model":
    case "aws:sagemaker/endpointConfiguration:EndpointConfiguration":
      return { name };
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return { arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`, name };
    case "aws:appautoscaling/policy:Policy":
      return { arn: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:scalingPolicy:${name}` };
    case "aws:sagemaker/endpoint:Endpoint":
      return { arn: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/${name}` };
    case "aws:ecr/repository:Repository":
      return {
        arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${name}`,
        registryId: ACCOUNT,
        repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${name}`,
      };
    case "docker-build:index:Image":
      return { digest: `sha256:${"2c".repeat(32)}` };
    default:
      return {};
  }
}
