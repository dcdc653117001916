import { SignatureV4 } from "@smithy/signature-v4";
import type { LocalManifest } from "../../contracts/localManifest";
import { Sha256 } from "../local/s3/sha256";

/** What is asked of a function URL, beside its address. */
export interface SignedRequest {
  /** Defaults to GET. */
  readonly method?: string;
  /** Sent, and covered by the signature. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Requests an address with a signature for `lambda`, as a reader of a function URL does. */
export async function signedFetch(
  address: string,
  manifest: LocalManifest,
  { method = "GET", headers: given = {} }: SignedRequest = {},
): Promise<Response> {
  const url = new URL(address);
  const { accessKeyId, secretAccessKey, region } = manifest;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service: "lambda",
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...given },
  });
  return fetch(url, { method, headers });
}

/** GETs an address with a signature for `lambda`. */
export function signedGet(address: string, manifest: LocalManifest): Promise<Response> {
  return signedFetch(address, manifest);
}
