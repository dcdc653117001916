import type { WriteGetObjectResponseCommandInput } from "@aws-sdk/client-s3";
import type { ReadAnswer } from "./read";

const METADATA = "x-amz-meta-";

/** What a reader is answered, as WriteGetObjectResponse takes it: everything but whom to. */
export type WritableAnswer = Omit<WriteGetObjectResponseCommandInput, "RequestRoute" | "RequestToken">;

/** Puts an answer into the terms of WriteGetObjectResponse (docs.aws.amazon.com/AmazonS3/latest/API/API_WriteGetObjectResponse.html). */
export function writableAnswer({ status, headers, body, error }: ReadAnswer): WritableAnswer {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(METADATA))
    .map(([name, value]) => [name.slice(METADATA.length), value] as const);
  return {
    StatusCode: status,
    AcceptRanges: headers["accept-ranges"],
    CacheControl: headers["cache-control"],
    ContentDisposition: headers["content-disposition"],
    ContentEncoding: headers["content-encoding"],
    ContentLanguage: headers["content-language"],
    ContentRange: headers["content-range"],
    ContentType: headers["content-type"],
    ETag: headers["etag"],
    Expires: dateOf(headers["expires"]),
    LastModified: dateOf(headers["last-modified"]),
    Metadata: Object.fromEntries(metadata),
    ...(error === undefined
      ? { ...(status < 300 && { Body: body, ContentLength: body.length }) }
      : { ErrorCode: error.code, ErrorMessage: headerText(error.message) }),
  };
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The message travels in a header: printable ASCII on one line. */
function headerText(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, " ").slice(0, 1024);
}
