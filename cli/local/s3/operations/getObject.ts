import { pipeline } from "node:stream/promises";
import { type AnswerHeaders, sendEmpty, setHeaders } from "../answers";
import { type ByteRange, contentRange, parseRange } from "../byteRange";
import { headerValue } from "../canonicalRequest";
import { assertHeaderValue } from "../headerText";
import { checksumHeaders, versionHeaders } from "../objectHeaders";
import type { ObjectVersion } from "../objectVersion";
import { assertReadConditions } from "../preconditions";
import { S3Error } from "../s3Errors";
import type { S3Request } from "../s3Target";
import { findReadable } from "./findReadable";
import type { Operation, OperationContext } from "./operation";
import { partNumberOf } from "./partNumber";
import { versionIdOf } from "./versionId";

/** Query parameters that replace a header of the answer. */
const OVERRIDES = [
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
  "response-content-language",
  "response-content-type",
  "response-expires",
] as const;

/** What is to be answered. */
interface Reading {
  readonly version: ObjectVersion;
  readonly status: 200 | 206;
  readonly headers: AnswerHeaders;
  /** Undefined for the whole object. */
  readonly range: ByteRange | undefined;
}

/** GetObject. */
export const getObject: Operation = {
  name: "GetObject",
  method: "GET",
  on: "object",
  allows: ["versionId", "partNumber", ...OVERRIDES],
  async run(context) {
    const { store, bucketName, response } = context;
    const { version, status, headers, range } = reading(context);
    setHeaders(response, headers);
    response.statusCode = status;
    await pipeline(store.read(bucketName, version, range), response);
  },
};

/** HeadObject. */
export const headObject: Operation = {
  name: "HeadObject",
  method: "HEAD",
  on: "object",
  allows: ["versionId", "partNumber", ...OVERRIDES],
  async run(context) {
    const { status, headers } = reading(context);
    sendEmpty(context.response, status, headers);
  },
};

function reading({ store, bucketName, request }: OperationContext): Reading {
  const bucket = store.bucket(bucketName);
  const version = findReadable(store, bucketName, request.key, versionIdOf(request.query));
  assertReadConditions(request.headers, version);
  const part = partRange(request, version);
  const range = part ?? requestedRange(request, version);
  const whole = range === undefined || (range.start === 0 && range.end === version.size - 1);
  const checksummed = headerValue(request.headers, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  // An empty object has no range to tell, even when it is asked for as its own only part.
  const partial = range !== undefined && version.size > 0;
  return {
    version,
    status: partial ? 206 : 200,
    range: partial ? range : undefined,
    headers: {
      ...versionHeaders(bucket, version),
      ...(checksummed && whole ? checksumHeaders(version.checksum) : {}),
      ...overrides(request.query),
      "content-length": partial ? range.end - range.start + 1 : version.size,
      ...(partial && { "content-range": contentRange(range, version.size) }),
      ...(part && version.parts && { "x-amz-mp-parts-count": version.parts.length }),
    },
  };
}

function requestedRange(request: S3Request, version: ObjectVersion): ByteRange | undefined {
  const header = headerValue(request.headers, "range");
  const range = parseRange(header, version.size);
  if (range === "unsatisfiable") {
    throw new S3Error("InvalidRange", {
      details: { RangeRequested: header ?? "", ActualObjectSize: String(version.size) },
      headers: { "content-range": `bytes */${version.size}` },
    });
  }
  return range;
}

function partRange(request: S3Request, version: ObjectVersion): ByteRange | undefined {
  if (!request.query.has("partNumber")) return undefined;
  if (request.headers.range !== undefined) {
    throw new S3Error("InvalidRequest", { message: "Cannot specify both Range header and partNumber query parameter" });
  }
  const number = partNumberOf(request.query);
  // Parts are asked for by position; an object that was put whole is its own part 1.
  const sizes = version.parts?.map((part) => part.size) ?? [version.size];
  const size = sizes[number - 1];
  if (size === undefined) {
    throw new S3Error("InvalidPartNumber", {
      details: { PartNumberRequested: String(number), ActualPartCount: String(sizes.length) },
    });
  }
  const start = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  return { start, end: start + size - 1 };
}

function overrides(query: URLSearchParams): AnswerHeaders {
  const headers: Record<string, string> = {};
  for (const name of OVERRIDES) {
    const value = query.get(name);
    if (value === null) continue;
    assertHeaderValue(name, value);
    headers[name.replace("response-", "")] = value;
  }
  return headers;
}
