import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { SignatureError, type SigningCredentials, verifySignature } from "./s3/sigV4";

/** Whether a request is signed for a service, in a Region, and its body is the signed one or is said to be unsigned. */
export function isSigned(
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: Buffer,
  credentials: SigningCredentials,
  { service, region }: { readonly service: string; readonly region: string },
): boolean {
  const bodySha256 = createHash("sha256").update(body).digest("hex");
  try {
    const options = { services: [service], region };
    const { payloadHash } = verifySignature({ method, url, headers, bodySha256 }, credentials, options);
    return payloadHash === bodySha256 || payloadHash === "UNSIGNED-PAYLOAD";
  } catch (error) {
    if (error instanceof SignatureError) return false;
    throw error;
  }
}
