import { SignatureV4 } from "@smithy/signature-v4";
import type { LocalManifest } from "../../contracts/localManifest";
import { Sha256 } from "../local/s3/sha256";

/** What is asked, beside the address. */
export interface SignedRequest {
  /** Name of the service in the signature. Defaults to `lambda`, as function URLs want it. */
  readonly service?: string;
  /** Defaults to GET. */
  readonly method?: string;
  /** Sent, and covered by the signature. Defaults to nothing. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Sent, and covered by the signature. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Requests an address with a signature, as a client of AWS does. */
export async function signedFetch(
  address: string,
  manifest: LocalManifest,
  { service = "lambda", method = "GET", headers: given = {}, body }: SignedRequest = {},
): Promise<Response> {
  const url = new URL(address);
  const { accessKeyId, secretAccessKey, region } = manifest;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...given },
    ...(body !== undefined && { body }),
  });
  return fetch(url, { method, headers, ...(body !== undefined && { body }) });
}

/** GETs an address with a signature for `lambda`. */
export function signedGet(address: string, manifest: LocalManifest): Promise<Response> {
  return signedFetch(address, manifest);
}
