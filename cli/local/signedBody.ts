import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { limitedBody } from "./limitedBody";
import type { LocalPlane } from "./localPlane";
import { verifySignature } from "./s3/sigV4";

/** How a service's requests are read. */
export interface SignedBodyOptions {
  /** Name of the service in signatures. */
  readonly service: string;
  /** Largest request that is read. */
  readonly maxBytes: number;
  /** The service's own errors. */
  readonly refusals: Readonly<Record<"tooLong" | "bodyNotSigned", () => Error>>;
}

/**
 * Reads the whole body of a signed request, and makes sure that it is the signed one.
 * @throws SignatureError when the signature is not right, and what `refusals` give
 */
export async function signedBody(
  request: IncomingMessage,
  { credentials, cloud }: LocalPlane,
  { service, maxBytes, refusals }: SignedBodyOptions,
): Promise<Buffer> {
  const body = await limitedBody(request, maxBytes, refusals.tooLong);
  const bodySha256 = createHash("sha256").update(body).digest("hex");
  const { method = "POST", url = "/", headersDistinct: headers } = request;
  const options = { services: [service], region: cloud.region };
  const { payloadHash } = verifySignature({ method, url, headers, bodySha256 }, credentials, options);
  if (payloadHash !== bodySha256) throw refusals.bodyNotSigned();
  return body;
}
