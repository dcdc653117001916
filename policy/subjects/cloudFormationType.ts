/**
 * Type tokens that providers made from CloudFormation's schemas give one of its types: `aws-native`, and `awscc` as
 * Pulumi bridges any Terraform provider.
 * @param name for example `AWS::SageMaker::EndpointConfig`
 */
export function tokensOfCloudFormation(name: string): readonly string[] {
  const [, service = "", resource = ""] = name.split("::");
  const module = service.toLowerCase();
  const pascal = resource.replace(
    /[A-Z0-9]+(?=[A-Z][a-z])/g,
    (capitals) => `${capitals[0]}${capitals.slice(1).toLowerCase()}`,
  );
  const bridged = `${module}${pascal}`;
  return [`aws-native:${module}:${pascal}`, `awscc:index/${bridged}:${bridged[0]?.toUpperCase()}${bridged.slice(1)}`];
}
