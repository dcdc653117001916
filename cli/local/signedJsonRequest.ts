import type { IncomingMessage } from "node:http";
import type { LocalPlane } from "./localPlane";
import { type SignedBodyOptions, signedBody } from "./signedBody";

/** Why a request of one of AWS's JSON protocols cannot be read. */
export type JsonRequestProblem = "tooLong" | "bodyNotSigned" | "notJson";

/** How a service's requests are read. */
export interface JsonRequestOptions extends SignedBodyOptions {
  /** The service's own error for each problem. */
  readonly refusals: Readonly<Record<JsonRequestProblem, () => Error>>;
}

/**
 * Reads a signed request of AWS's JSON protocols: the whole body, its signature, and then its JSON.
 * @throws SignatureError when the signature is not right, and what `refusals` give
 */
export async function signedJsonRequest(
  request: IncomingMessage,
  plane: LocalPlane,
  options: JsonRequestOptions,
): Promise<unknown> {
  const body = await signedBody(request, plane, options);
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw options.refusals.notJson();
  }
}
