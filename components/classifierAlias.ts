import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Name of the alias that callers reach. */
const ALIAS = "live";

/**
 * An alias of the newest version with instances that are always warm: provisioned concurrency is of a version or an alias,
 * never of `$LATEST` (docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html).
 * @returns undefined with none of them
 */
export function classifierAlias(
  name: string,
  lambda: aws.lambda.Function,
  instances: number,
  parent: pulumi.Resource,
): aws.lambda.Alias | undefined {
  if (instances === 0) return undefined;
  const alias = new aws.lambda.Alias(
    `${name}-alias`,
    { name: ALIAS, functionName: lambda.name, functionVersion: lambda.version },
    { parent },
  );
  new aws.lambda.ProvisionedConcurrencyConfig(
    `${name}-warm`,
    { functionName: lambda.name, qualifier: alias.name, provisionedConcurrentExecutions: instances },
    { parent },
  );
  return alias;
}
