import type { ServerResponse } from "node:http";
import type { S3Error } from "./s3Errors";
import { element, optional, type XmlElement, xmlDocument } from "./xmlWriter";

/** Response headers; an absent one is left out. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/** Answers without a body. */
export function sendEmpty(response: ServerResponse, status: number, headers: AnswerHeaders = {}): void {
  setHeaders(response, headers);
  response.statusCode = status;
  response.end();
}

/** Answers with an XML document. */
export function sendXml(response: ServerResponse, root: XmlElement, headers: AnswerHeaders = {}, status = 200): void {
  sendDocument(response, status, xmlDocument(root), headers);
}

/** Answers with an error, in S3's form; HEAD and 304 have no body. */
export function sendError(
  response: ServerResponse,
  error: S3Error,
  request: { readonly method: string | undefined; readonly resource: string; readonly requestId: string },
): void {
  if (request.method === "HEAD" || error.status === 304) {
    sendEmpty(response, error.status, error.headers);
    return;
  }
  const document = element("Error", [
    element("Code", error.code),
    element("Message", error.message),
    ...Object.entries(error.details).map(([name, value]) => optional(name, value)),
    element("Resource", request.resource),
    element("RequestId", request.requestId),
  ]);
  sendDocument(response, error.status, xmlDocument(document, false), error.headers);
}

function sendDocument(response: ServerResponse, status: number, text: string, headers: AnswerHeaders): void {
  const bytes = Buffer.from(text);
  setHeaders(response, { ...headers, "content-type": "application/xml", "content-length": bytes.length });
  response.statusCode = status;
  response.end(bytes);
}

/** Sets the headers that are there. */
export function setHeaders(response: ServerResponse, headers: AnswerHeaders): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
}
