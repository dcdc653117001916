import { SignatureV4 } from "@smithy/signature-v4";
import type { LocalManifest } from "../../contracts/localManifest";
import { Sha256 } from "../local/s3/sha256";

/** GETs an address with a signature for `lambda`, as a reader of a function URL does. */
export async function signedGet(address: string, manifest: LocalManifest): Promise<Response> {
  const url = new URL(address);
  const { accessKeyId, secretAccessKey, region } = manifest;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service: "lambda",
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: "GET",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
  });
  return fetch(url, { headers });
}
