import { SignatureV4 } from "@smithy/signature-v4";
import { encodeKey, uriEncode } from "./canonicalRequest";
import { Sha256 } from "./sha256";
import { type SigningCredentials, UNSIGNED_PAYLOAD } from "./sigV4";

/** What a presigned URL is for. */
export interface PresignOptions {
  /** Address of the server, for example `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Bucket, or whatever stands in its place: an access point alias or ARN. */
  readonly bucket: string;
  /** Host that stands for the bucket, for example `photos.localhost`; then the path is the key alone. Defaults to path style. */
  readonly bucketHost?: string;
  /** Key, not encoded; empty for the bucket itself. */
  readonly key: string;
  /** Defaults to GET. */
  readonly method?: string;
  /** Further query parameters, for example `{ versionId }`. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers that whoever uses the URL must send, exactly so; they are named in `X-Amz-SignedHeaders`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials: SigningCredentials;
  readonly region: string;
  /** Defaults to `s3`. */
  readonly service?: string;
  /** Seconds for which the URL is valid, at most 604,800. */
  readonly expiresIn: number;
  /** Defaults to the current time. */
  readonly now?: Date;
}

/** Presigns a URL for one object, or for a bucket. */
export async function presignUrl(options: PresignOptions): Promise<string> {
  const endpoint = new URL(options.endpoint);
  if (options.bucketHost !== undefined) endpoint.hostname = options.bucketHost;
  const headers = options.headers ?? {};
  const signer = new SignatureV4({
    credentials: options.credentials,
    region: options.region,
    service: options.service ?? "s3",
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const bucketPath = options.bucketHost === undefined ? `/${uriEncode(options.bucket)}` : "";
  const path = `${bucketPath}/${encodeKey(options.key)}`;
  const signed = await signer.presign(
    {
      method: options.method ?? "GET",
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port !== "" && { port: Number(endpoint.port) }),
      path,
      query: { ...options.query },
      headers: { ...headers, host: endpoint.host, "x-amz-content-sha256": UNSIGNED_PAYLOAD },
    },
    {
      expiresIn: options.expiresIn,
      signingDate: options.now ?? new Date(),
      // By default x-amz-* headers would move to the query; these are to be sent as headers.
      unhoistableHeaders: new Set(Object.keys(headers).map((name) => name.toLowerCase())),
    },
  );
  const query = Object.entries(signed.query ?? {})
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value ?? ""]).map((one) => [name, one] as const))
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .join("&");
  return `${endpoint.origin}${path}?${query}`;
}
