import { headerValue, queryDecode, type RequestHeaders, type RequestTarget } from "./canonicalRequest";
import { SIGNATURE_ALGORITHM, SignatureError } from "./signatureError";

/** Longest life of a presigned URL in seconds; docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const MAX_EXPIRES_SECONDS = 604_800;

/** What a request says about its signature; nothing of it is verified yet. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD`, region, service and terminator of the credential scope. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly signedAt: Date;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly presigned: boolean;
  /** Seconds; 0 unless presigned. */
  readonly expiresIn: number;
  /** `X-Amz-Content-Sha256` of the query. */
  readonly contentSha256?: string;
}

/**
 * Reads the signature's claim from the header or the query.
 * @throws SignatureError when there is none, two, or one that cannot be read
 */
export function signatureClaim(target: RequestTarget, headers: RequestHeaders): SignatureClaim {
  const query = new Map(target.query.map(([name, value]) => [queryDecode(name), queryDecode(value)]));
  const presigned = ["X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential"].some((name) => query.has(name));
  const authorization = headerValue(headers, "authorization");
  if (authorization === undefined) {
    // Signature V2, which boto3 and the AWS CLI 1 still presign with unless they are told s3v4.
    if (query.has("AWSAccessKeyId")) throw unsupported();
    if (!presigned) throw new SignatureError("AccessDenied");
    return claimOfQuery(query);
  }
  if (presigned) throw new SignatureError("InvalidArgument", { message: "Only one auth mechanism allowed" });
  return claimOfHeader(authorization, headers);
}

function claimOfHeader(authorization: string, headers: RequestHeaders): SignatureClaim {
  const [algorithm = "", rest = ""] = authorization.trim().split(/\s+(.*)/s);
  if (algorithm !== SIGNATURE_ALGORITHM) {
    throw unsupported();
  }
  const refuse = (what: string): never => {
    throw new SignatureError("AuthorizationHeaderMalformed", {
      message: `The authorization header is malformed; ${what}`,
    });
  };
  const parts = new Map(
    rest.split(",").map((part) => {
      const [name = "", value = ""] = part.trim().split(/=(.*)/s);
      return [name, value];
    }),
  );
  const need = (name: string): string => parts.get(name) || refuse(`${name} is missing.`);
  const timestamp = timestampOf(headers);
  return {
    ...credentialScope(need("Credential"), refuse),
    timestamp,
    signedAt: instantOf(timestamp),
    signedHeaders: need("SignedHeaders").toLowerCase().split(";"),
    signature: need("Signature"),
    presigned: false,
    expiresIn: 0,
  };
}

function unsupported(): SignatureError {
  return new SignatureError("InvalidRequest", {
    message: `The authorization mechanism you have provided is not supported. Please use ${SIGNATURE_ALGORITHM}.`,
  });
}

function timestampOf(headers: RequestHeaders): string {
  const amzDate = headerValue(headers, "x-amz-date");
  if (amzDate !== undefined && isTimestamp(amzDate)) return amzDate;
  const date = new Date(headerValue(headers, "date") ?? "");
  if (amzDate !== undefined || Number.isNaN(date.getTime())) {
    throw new SignatureError("AccessDenied", {
      message: "AWS authentication requires a valid Date or x-amz-date header",
    });
  }
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}

function claimOfQuery(query: ReadonlyMap<string, string>): SignatureClaim {
  const refuse = (what: string): never => {
    throw new SignatureError("AuthorizationQueryParametersError", { message: what });
  };
  const need = (name: string): string =>
    query.get(name) ||
    refuse(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  if (need("X-Amz-Algorithm") !== SIGNATURE_ALGORITHM) {
    refuse(`X-Amz-Algorithm only supports "${SIGNATURE_ALGORITHM}"`);
  }
  const timestamp = need("X-Amz-Date");
  if (!isTimestamp(timestamp)) refuse("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const expires = need("X-Amz-Expires");
  if (!/^\d+$/.test(expires)) refuse("X-Amz-Expires should be a number");
  if (Number(expires) > MAX_EXPIRES_SECONDS) {
    refuse(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  const contentSha256 = query.get("X-Amz-Content-Sha256");
  return {
    ...credentialScope(need("X-Amz-Credential"), (what) =>
      refuse(`Error parsing the X-Amz-Credential parameter; ${what}`),
    ),
    timestamp,
    signedAt: instantOf(timestamp),
    signedHeaders: need("X-Amz-SignedHeaders").toLowerCase().split(";"),
    signature: need("X-Amz-Signature"),
    presigned: true,
    expiresIn: Number(expires),
    ...(contentSha256 !== undefined && { contentSha256 }),
  };
}

function credentialScope(
  credential: string,
  refuse: (what: string) => never,
): Pick<SignatureClaim, "accessKeyId" | "day" | "region" | "service" | "terminator"> {
  // From the right: an access key id may contain slashes.
  const parts = credential.split("/");
  const [day, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join("/");
  if (accessKeyId === "" || !day || !region || !service || !terminator) {
    return refuse('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  }
  return { accessKeyId, day, region, service, terminator };
}

function isTimestamp(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(instantOf(text).getTime());
}

function instantOf(timestamp: string): Date {
  return new Date(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
