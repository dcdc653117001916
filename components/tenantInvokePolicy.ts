import * as pulumi from "@pulumi/pulumi";
import { encodeCustomer } from "../contracts/modelKeys";
import { InvalidInputError } from "../contracts/problems";
import { CheckedInputs, type InputRule } from "./checkedInputs";
import { s3Address } from "./fleetInputPolicies";
import { KMS_KEY_ARN, S3_FOLDER_URI } from "./inputRules";
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

const ENDPOINT_ARN: InputRule<string> = {
  allowed: "the ARN of an endpoint: arn:aws:sagemaker:<region>:<account>:endpoint/<name>",
  test: (value) => /^arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:endpoint\/[A-Za-z0-9-]+$/.test(value),
};

/**
 * An IAM policy with which a caller reads one customer's pointer and invokes that customer's models, every version of
 * them, and nobody else's. Customer ids are encoded in keys, so an id with `*` widens nothing.
 * @throws pulumi.InputPropertiesError with every problem at once: an ARN or address that could widen it, an id that cannot
 *   be encoded
 */
export function tenantInvokePolicy(args: TenantInvokePolicyArgs): pulumi.Output<string> {
  const checks = new CheckedInputs("tenantInvokePolicy");
  const encoded = checkCustomer(args.customer, checks);
  const known = pulumi.all([
    checks.input("endpointArn", args.endpointArn, ENDPOINT_ARN),
    checks.input("pointersUri", args.pointersUri, S3_FOLDER_URI),
    checks.optional("kmsKeyArn", args.kmsKeyArn, KMS_KEY_ARN),
  ]);
  checks.assert();
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

function checkCustomer(customer: string, checks: CheckedInputs): string {
  try {
    return encodeCustomer(customer);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    checks.add(error.problems);
    return "";
  }
}
