import * as pulumi from "@pulumi/pulumi";
import { type CloudPlace, cloudPlace } from "./cloudPlace";
import { ownStatements, policyDocument, type Statement } from "./normalizePolicies";

/** What a function of a classifier may do besides writing its log and traces. */
export interface ClassifierPolicySubject {
  readonly logGroupArn: pulumi.Output<string>;
  /** `s3://` addresses of objects that it reads. */
  readonly objects: readonly pulumi.Input<string>[];
  readonly kmsKeyArn: pulumi.Input<string> | undefined;
  /** What the stream's function does. */
  readonly stream?: {
    readonly queueArn: pulumi.Input<string>;
    /** `s3://` addresses of the pictures' folders. */
    readonly pictureUris: readonly pulumi.Input<string>[];
    /** `s3://` address of the folder for results, or undefined. */
    readonly resultsUri: pulumi.Input<string> | undefined;
    /** ARN of the queue for results, or undefined. */
    readonly resultsQueueArn: pulumi.Input<string> | undefined;
  };
}

/** Everything that a function of a classifier may do, and nothing more. */
export function classifierPolicy(subject: ClassifierPolicySubject): pulumi.Output<string> {
  return policyDocument([...ownStatements(subject.logGroupArn), ...classifierStatements(subject)]);
}

/** Statements on data: objects, queues and the key. */
export function classifierStatements(subject: ClassifierPolicySubject): readonly Statement[] {
  const { objects, kmsKeyArn, stream } = subject;
  const place = cloudPlace(subject.logGroupArn);
  const allow = (Sid: string, Action: string | string[], Resource: Statement["Resource"]): Statement => {
    return { Sid, Effect: "Allow", Action, Resource };
  };
  const below = (uri: pulumi.Input<string>) => pulumi.interpolate`${objectArn(place, uri)}*`;
  const statements = [
    allow(
      "ReadModel",
      "s3:GetObject",
      objects.map((uri) => objectArn(place, uri)),
    ),
  ];
  if (stream !== undefined) {
    const receive = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    statements.push(
      allow("ReadPictures", "s3:GetObject", stream.pictureUris.map(below)),
      // Without it S3 answers 403 instead of 404 for a picture that is gone.
      allow(
        "ListPictures",
        "s3:ListBucket",
        stream.pictureUris.map((uri) => bucketArn(place, uri)),
      ),
      allow("ReceivePictures", receive, stream.queueArn),
    );
    if (stream.resultsUri !== undefined) {
      statements.push(allow("WriteResults", "s3:PutObject", [below(stream.resultsUri)]));
    }
    if (stream.resultsQueueArn !== undefined) {
      statements.push(allow("SendResults", "sqs:SendMessage", stream.resultsQueueArn));
    }
  }
  if (kmsKeyArn !== undefined) statements.push(...keyUse(kmsKeyArn, place, stream !== undefined));
  return statements;
}

/** What the key is used for, and only while S3 or SQS asks for it in the function's name. */
function keyUse(keyArn: pulumi.Input<string>, place: pulumi.Output<CloudPlace>, writes: boolean): readonly Statement[] {
  const via = (service: string) => pulumi.interpolate`${service}.${place.region}.amazonaws.com`;
  const use = (Sid: string, Action: string | string[], services: readonly string[]): Statement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: keyArn,
    Condition: { StringEquals: { "kms:ViaService": services.map(via) } },
  });
  if (!writes) return [use("DecryptObjects", "kms:Decrypt", ["s3"])];
  return [use("UseKeyOfObjectsAndQueues", ["kms:Decrypt", "kms:GenerateDataKey"], ["s3", "sqs"])];
}

function objectArn(place: pulumi.Output<CloudPlace>, uri: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${place.partition}:s3:::${pulumi.output(uri).apply((text) => text.slice("s3://".length))}`;
}

function bucketArn(place: pulumi.Output<CloudPlace>, uri: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`arn:${place.partition}:s3:::${pulumi.output(uri).apply((text) => text.split("/")[2] ?? "")}`;
}

/** What the policy of the key must say of the functions' roles, as a JSON list of statements. */
export function classifierKeyStatements(
  roles: readonly { readonly arn: pulumi.Output<string>; readonly subject: ClassifierPolicySubject }[],
): pulumi.Output<string> {
  return pulumi.jsonStringify(
    roles.flatMap(({ arn, subject }) =>
      // In a key's policy the key itself is "*".
      keyUse("*", cloudPlace(subject.logGroupArn), subject.stream !== undefined).map((statement) => ({
        ...statement,
        Principal: { AWS: arn },
      })),
    ),
  );
}
