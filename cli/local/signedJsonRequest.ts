import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { LocalPlane } from "./localPlane";
import { verifySignature } from "./s3/sigV4";

/** Why a request of one of AWS's JSON protocols cannot be read. */
export type JsonRequestProblem = "tooLong" | "bodyNotSigned" | "notJson";

/** How a service's requests are read. */
export interface JsonRequestOptions {
  /** Name of the service in signatures. */
  readonly service: string;
  /** Largest request that is read. */
  readonly maxBytes: number;
  /** The service's own error for each problem. */
  readonly refusals: Readonly<Record<JsonRequestProblem, () => Error>>;
}

/**
 * Reads a signed request of AWS's JSON protocols: the whole body, its signature, and then its JSON.
 * @throws SignatureError when the signature is not right, and what `refusals` give
 */
export async function signedJsonRequest(
  request: IncomingMessage,
  { credentials, cloud }: LocalPlane,
  { service, maxBytes, refusals }: JsonRequestOptions,
): Promise<unknown> {
  const body = await bodyOf(request, maxBytes, refusals.tooLong);
  const bodySha256 = createHash("sha256").update(body).digest("hex");
  const { method = "POST", url = "/", headersDistinct: headers } = request;
  const options = { services: [service], region: cloud.region };
  const { payloadHash } = verifySignature({ method, url, headers, bodySha256 }, credentials, options);
  if (payloadHash !== bodySha256) throw refusals.bodyNotSigned();
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw refusals.notJson();
  }
}

async function bodyOf(request: IncomingMessage, maxBytes: number, tooLong: () => Error): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes > maxBytes) throw tooLong();
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
