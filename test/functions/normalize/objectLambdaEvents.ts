import { ObjectLambdaEvent } from "../../../functions/normalize/objectLambdaEvent";

/** Where an event asks to be answered, and by what right. */
export const ROUTE = "io-use1-001";
export const TOKEN = "OutputTokenOfTheEvent==";

/** How an event differs from a plain GetObject. */
export interface EventOptions {
  /** Names of the headers that the presigned URL covers. Defaults to `host`. */
  readonly signed?: string;
  /** Headers of the reader's request, beside Host. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The access point's payload. */
  readonly payload?: string | undefined;
  /** Defaults to `getObjectContext`. */
  readonly context?: string;
  /** Added to the reader's query, with its ampersand. */
  readonly query?: string;
  /** Which version is asked for. Defaults to the current one. */
  readonly version?: string;
  /** Percent-encoded. Defaults to `a/b%20c.png`. */
  readonly key?: string;
}

/** An event as the user guide documents it, read as the handler reads it. */
export function objectLambdaEvent(
  sourcePort: number,
  {
    signed = "host",
    headers = {},
    payload,
    context = "getObjectContext",
    query = "",
    key = "a/b%20c.png",
    version,
  }: EventOptions,
): ObjectLambdaEvent {
  const versioned = version === undefined ? "" : `versionId=${version}&`;
  const inputS3Url = `http://127.0.0.1:${sourcePort}/${key}?${versioned}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=${encodeURIComponent(signed)}&X-Amz-Signature=0`;
  const host = "images-olap-123456789012.s3-object-lambda.us-east-1.amazonaws.com";
  return ObjectLambdaEvent.parse({
    xAmzRequestId: "1a5ed718-5f53-471d-b6fe-5cf62d88d02a",
    [context]: {
      inputS3Url,
      ...(context === "getObjectContext" && { outputRoute: ROUTE, outputToken: TOKEN }),
    },
    configuration: {
      accessPointArn: "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/images",
      supportingAccessPointArn: "arn:aws:s3:us-east-1:123456789012:accesspoint/originals",
      ...(payload !== undefined && { payload }),
    },
    userRequest: {
      url: `https://${host}/${decodeURIComponent(key)}?x-id=GetObject${query}`,
      headers: { Host: host, ...headers },
    },
    userIdentity: { type: "AssumedRole", accountId: "123456789012" },
    protocolVersion: "1.00",
  });
}
