import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accessPointReaderPolicy, objectLambdaPolicy } from "./normalizePolicies";

/**
 * Actions that the function answers: all that there are, so that length and ETag are the transformed object's whichever
 * way a client learns of them (API_control_ObjectLambdaTransformationConfiguration; the provider passes them through).
 */
const ACTIONS = ["GetObject", "HeadObject", "ListObjects", "ListObjectsV2"] as const;

/** Requests that S3 would refuse with 501 otherwise (API_control_ObjectLambdaConfiguration). */
const ALLOWED_FEATURES = [
  "GetObject-Range",
  "GetObject-PartNumber",
  "HeadObject-Range",
  "HeadObject-PartNumber",
] as const;

/** What an Object Lambda access point stands on. */
export interface ObjectLambdaDeliverySources {
  readonly functionArn: pulumi.Input<string>;
  /** Name or ARN of that function. */
  readonly functionName: pulumi.Input<string>;
  readonly accessPoint: aws.s3.AccessPoint;
  /** Canonical transformation. Sent with every event, so that access points that share a function each say what they want. */
  readonly payload: string;
  /** Name and role ARN of each reader. */
  readonly readers: readonly (readonly [string, pulumi.Input<string>])[];
}

/**
 * Delivery `object-lambda`: an access point that speaks the S3 protocol and answers with what the function makes of
 * the object. A reader needs three permissions: on this access point, on the one beneath, and to invoke the function.
 */
export function objectLambdaDelivery(
  name: string,
  { functionArn, functionName, accessPoint, payload, readers }: ObjectLambdaDeliverySources,
  parent: pulumi.Resource,
): aws.s3control.ObjectLambdaAccessPoint {
  const child = { parent };
  const objectLambda = new aws.s3control.ObjectLambdaAccessPoint(
    `${name}-object-lambda`,
    {
      configuration: {
        supportingAccessPoint: accessPoint.arn,
        cloudWatchMetricsEnabled: true,
        allowedFeatures: [...ALLOWED_FEATURES],
        transformationConfigurations: [
          {
            actions: [...ACTIONS],
            contentTransformation: {
              awsLambda: { functionArn, functionPayload: payload },
            },
          },
        ],
      },
    },
    child,
  );
  const roles = readers.map(([, role]) => role);
  new aws.s3control.ObjectLambdaAccessPointPolicy(
    `${name}-object-lambda-policy`,
    { name: objectLambda.name, policy: objectLambdaPolicy(objectLambda.arn, roles) },
    child,
  );
  if (roles.length > 0) {
    new aws.s3control.AccessPointPolicy(
      `${name}-access-point-policy`,
      { accessPointArn: accessPoint.arn, policy: accessPointReaderPolicy(accessPoint.arn, roles) },
      child,
    );
  }
  for (const [reader, principal] of readers) {
    new aws.lambda.Permission(
      `${name}-object-lambda-reader-${reader}`,
      { function: functionName, principal, action: "lambda:InvokeFunction" },
      child,
    );
  }
  return objectLambda;
}
