import * as pulumi from "@pulumi/pulumi";
import { encodeCustomer } from "../contracts/modelKeys";
import { s3Address } from "./fleetInputPolicies";
import type { Statement } from "./normalizePolicies";

/** What one tenant may call. */
export interface TenantInvokePolicyArgs {
  /** ARN of the endpoint: a MultiModelEndpoint's `endpointArn`. */
  readonly endpointArn: pulumi.Input<string>;
  /** `s3://` address of the pointers, ending with `/`: a TrainingFleet's `pointersUri`. */
  readonly pointersUri: pulumi.Input<string>;
  /** Id of the customer, as the dataset has it. */
  readonly customer: string;
  /** ARN of the key that the pointers are encrypted with. Defaults to none of ours. */
  readonly kmsKeyArn?: pulumi.Input<string>;
}

/**
 * An IAM policy with which a caller reads one customer's pointer and invokes that customer's models, every version of
 * them, and nobody else's. Customer ids are encoded in keys, so an id with `*` widens nothing.
 * @throws InvalidInputError when the id cannot be encoded
 */
export function tenantInvokePolicy(args: TenantInvokePolicyArgs): pulumi.Output<string> {
  const encoded = encodeCustomer(args.customer);
  const known = pulumi.all([pulumi.output(args.endpointArn), pulumi.output(args.pointersUri), args.kmsKeyArn]);
  return known.apply(([endpointArn, pointersUri, kmsKeyArn]) => {
    const [, partition = "", , region = ""] = endpointArn.split(":");
    const { bucket, prefix } = s3Address(pointersUri);
    const pointer = `arn:${partition}:s3:::${bucket}/${prefix}${encoded}.json`;
    const statements: readonly Statement[] = [
      {
        Sid: "InvokeOwnModels",
        Effect: "Allow",
        Action: "sagemaker:InvokeEndpoint",
        Resource: endpointArn,
        // The part before the slash is the version.
        Condition: { StringLike: { "sagemaker:TargetModel": `*/${encoded}.tar.gz` } },
      },
      { Sid: "ReadOwnPointer", Effect: "Allow", Action: "s3:GetObject", Resource: pointer },
      ...(kmsKeyArn === undefined
        ? []
        : [
            {
              Sid: "DecryptOwnPointer",
              Effect: "Allow" as const,
              Action: "kms:Decrypt",
              Resource: kmsKeyArn,
              Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
            },
          ]),
    ];
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
  });
}
