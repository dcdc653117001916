import { accessPointArn, type Expected, policy } from "./expectedResources";
import { READERS } from "./variants";

/** What readers of the function URL are allowed. */
export function urlReaders(name: string): Expected {
  const permissions = Object.entries(READERS).map(([reader, principal]) => ({
    [`aws:lambda/permission:Permission ${name}-url-reader-${reader}`]: {
      function: `${name}-function`,
      principal,
      action: "lambda:InvokeFunctionUrl",
      functionUrlAuthType: "AWS_IAM",
    },
    [`aws:lambda/permission:Permission ${name}-url-invoker-${reader}`]: {
      function: `${name}-function`,
      principal,
      action: "lambda:InvokeFunction",
      invokedViaFunctionUrl: true,
    },
  }));
  return Object.assign({}, ...permissions);
}

/** Allows readers something while Object Lambda acts for them. */
function onlyThrough(Sid: string, Action: string, Resource: string): object {
  const Principal = { AWS: Object.values(READERS) };
  const Condition = { "ForAnyValue:StringEquals": { "aws:CalledVia": ["s3-object-lambda.amazonaws.com"] } };
  return { Sid, Effect: "Allow", Principal, Action, Resource, Condition };
}

/** What readers of the Object Lambda access point are allowed besides its own policy. */
export function objectLambdaReaders(name: string): Expected {
  const permissions = Object.entries(READERS).map(([reader, principal]) => ({
    [`aws:lambda/permission:Permission ${name}-object-lambda-reader-${reader}`]: {
      function: `${name}-function`,
      principal,
      action: "lambda:InvokeFunction",
    },
  }));
  const accessPointPolicy = {
    [`aws:s3control/accessPointPolicy:AccessPointPolicy ${name}-access-point-policy`]: {
      accessPointArn: accessPointArn(name),
      policy: policy(
        onlyThrough("ReadThroughObjectLambdaOnly", "s3:GetObject", `${accessPointArn(name)}/object/*`),
        onlyThrough("ListThroughObjectLambdaOnly", "s3:ListBucket", accessPointArn(name)),
      ),
    },
  };
  return Object.assign(accessPointPolicy, ...permissions);
}

/** What the policy of another account's bucket must say. */
export function delegating(name: string, bucket: string, readers: readonly string[] = []): readonly object[] {
  const only = (Sid: string, Action: string, Resource: string) => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::123456789012:root", ...readers] },
    Action,
    Resource,
    Condition: { StringEquals: { "s3:DataAccessPointArn": accessPointArn(name) } },
  });
  return [
    only("ReadThroughAccessPoint", "s3:GetObject", `arn:aws:s3:::${bucket}/*`),
    only("ListThroughAccessPoint", "s3:ListBucket", `arn:aws:s3:::${bucket}`),
  ];
}
