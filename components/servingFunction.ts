import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type NormalizeFunction, normalizeFunction } from "./normalizeFunction";
import type { CheckedNormalizingAccessPointArgs, NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";
import { arnPart } from "./originals";

/** The function that answers for an access point. */
export interface ServingFunction {
  /** The function when it is the access point's own; undefined when it is shared. */
  readonly own: NormalizeFunction | undefined;
  readonly functionArn: pulumi.Output<string>;
  readonly functionName: pulumi.Output<string>;
  /** Name of its role. */
  readonly role: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
}

/** The function that the arguments share, or else a new one. */
export function servingFunction(
  name: string,
  args: NormalizingAccessPointArgs,
  checked: CheckedNormalizingAccessPointArgs,
  accessPoint: aws.s3.AccessPoint,
  derived: aws.s3.Bucket | undefined,
  parent: pulumi.Resource,
): ServingFunction {
  const { sharedFunction, sharedRole } = args;
  if (sharedFunction !== undefined && sharedRole !== undefined) {
    const functionArn = pulumi.output(sharedFunction);
    const role = pulumi.output(sharedRole);
    return {
      own: undefined,
      functionArn,
      functionName: functionArn.apply((arn) => arn.split(":")[6] ?? arn),
      role,
      roleArn: pulumi.interpolate`arn:${arnPart(accessPoint, 1)}:iam::${arnPart(accessPoint, 4)}:role/${role}`,
    };
  }
  const own = normalizeFunction(name, checked, accessPoint, derived, parent);
  const { lambda, role } = own;
  return { own, functionArn: lambda.arn, functionName: lambda.name, role: role.id, roleArn: role.arn };
}
