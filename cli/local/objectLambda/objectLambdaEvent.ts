import { randomUUID } from "node:crypto";
import type { AccessPoint } from "../accessPoint";
import type { LocalCloud } from "../resourceKind";
import { presignUrl } from "../s3/presignUrl";
import type { S3Credentials, S3Request } from "../s3/s3Handler";

/** Seconds for which the presigned URL of an original is good: Object Lambda's own limit for an answer. */
const URL_SECONDS = 61;

/** Whom an event is about, besides the request. */
export interface ObjectLambdaSubject {
  /** ARN of the Object Lambda access point. */
  readonly arn: string;
  readonly accessPoint: AccessPoint;
  readonly payload: string;
  readonly cloud: LocalCloud;
  readonly credentials: S3Credentials;
}

/** An event's context: one of `getObjectContext`, `headObjectContext`, `listObjectsContext`, `listObjectsV2Context`. */
export interface EventContext {
  readonly name: string;
  /** What stands in it beside the presigned URL. */
  readonly more?: Readonly<Record<string, string>>;
}

/**
 * The event of a request, as the user guide has it (docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html):
 * the URL decoded and without what speaks of the signature, headers in the reader's case and without credentials, and
 * a URL presigned for the reader's method without range and part, which are left to the function.
 */
export async function objectLambdaEvent(
  request: S3Request,
  { arn, accessPoint, payload, cloud, credentials }: ObjectLambdaSubject,
  context: EventContext,
): Promise<object> {
  const query = [...request.query].filter(([name]) => !isSignature(name));
  const [, , , , account = "", resource = ""] = accessPoint.arn.split(":");
  const inputS3Url = await presignUrl({
    endpoint: cloud.endpoint,
    bucket: accessPoint.alias,
    bucketHost: `${resource.replace(/^accesspoint\//, "")}-${account}.s3-accesspoint.${cloud.region}.localhost`,
    key: request.key,
    method: request.method,
    query: Object.fromEntries(query.filter(([name]) => !/^(range|partNumber|x-id)$/i.test(name))),
    headers: signedHeaders(request),
    credentials,
    region: cloud.region,
    expiresIn: URL_SECONDS,
  });
  const search = query.map(([name, value]) => `${name}=${value}`).join("&");
  return {
    xAmzRequestId: randomUUID(),
    [context.name]: { inputS3Url, ...context.more },
    configuration: { accessPointArn: arn, supportingAccessPointArn: accessPoint.arn, payload },
    userRequest: {
      url: `http://${request.headers.host}/${request.key}${search && `?${search}`}`,
      headers: readerHeaders(request.rawHeaders),
    },
    userIdentity: {
      type: "IAMUser",
      accountId: cloud.accountId,
      accessKeyId: credentials.accessKeyId,
      arn: `arn:${cloud.partition}:iam::${cloud.accountId}:user/local`,
    },
    protocolVersion: "1.00",
  };
}

/**
 * Headers that change what S3 answers, which the presigned URL covers: `x-amz-` ones. Conditions are not among them, as
 * AWS's default function shows, which has to pass them on of its own accord
 * (github.com/aws-samples/amazon-s3-object-lambda-default-configuration, src/request/utils.ts).
 */
function signedHeaders({ headers }: S3Request): Record<string, string> {
  const names = ["x-amz-checksum-mode", "x-amz-request-payer", "x-amz-expected-bucket-owner"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
}

/** Headers as they were sent, those of one name joined. */
function readerHeaders(raw: readonly string[]): Record<string, string> {
  const names = new Map<string, string>();
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [sent = "", value = ""] = raw.slice(at, at + 2);
    if (/^(authorization|x-amz-security-token)$/i.test(sent)) continue;
    const name = names.get(sent.toLowerCase()) ?? sent;
    names.set(sent.toLowerCase(), name);
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return headers;
}

function isSignature(name: string): boolean {
  return /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/i.test(
    name,
  );
}
