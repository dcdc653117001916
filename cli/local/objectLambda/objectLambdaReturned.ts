import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import * as z from "zod";
import { ObjectLambdaError, sendObjectLambdaError } from "./objectLambdaError";

/**
 * What a function returns for HEAD and LIST (docs.aws.amazon.com/AmazonS3/latest/userguide/olap-writing-lambda.html).
 * A listing as an object, `listBucketResult`, is not taken here.
 */
const Returned = z.object({
  statusCode: z.int().min(200).max(599),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  listResultXml: z.string().optional(),
});

/**
 * Answers HEAD or LIST with what the function returned.
 * @throws ObjectLambdaError LambdaInvalidResponse
 */
export function sendReturned(action: string, returned: string, response: ServerResponse): void {
  const { statusCode, errorCode, errorMessage, headers, listResultXml } = parse(returned);
  const requestId = { "x-amz-request-id": randomUUID() };
  if (statusCode >= 400) {
    const { "content-length": _, ...rest } = lowerCase(headers);
    const error = { status: statusCode, code: errorCode ?? "UnknownError", message: errorMessage ?? "", headers: rest };
    sendObjectLambdaError(response, error);
  } else if (action === "HeadObject") {
    response.writeHead(statusCode, { ...lowerCase(headers), ...requestId }).end();
  } else if (listResultXml === undefined) {
    throw new ObjectLambdaError("LambdaInvalidResponse", "A listing must have listResultXml.");
  } else {
    response.writeHead(statusCode, { "content-type": "application/xml", ...requestId }).end(listResultXml);
  }
}

function parse(text: string): z.infer<typeof Returned> {
  try {
    return Returned.parse(JSON.parse(text));
  } catch {
    throw new ObjectLambdaError("LambdaInvalidResponse");
  }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
