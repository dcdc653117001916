import { buffer } from "node:stream/consumers";
import { ListObjectsCommand, ListObjectsV2Command, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import * as z from "zod/mini";
import { NormalizeError } from "./errors";
import { originalError, PASSED_ON_OF_LISTING } from "./original";

/** What of the client's HTTP answer is read; its type is not exported. */
const HttpAnswer = z.object({
  statusCode: z.number(),
  body: z.custom<AsyncIterable<Uint8Array>>((body) => typeof body === "object" && body !== null),
});

/**
 * A listing of originals with the function's own role, as S3 writes it.
 * @param query parameters of ListObjectsV2 when `list-type` is 2, and of ListObjects when it is absent
 * @returns ListBucketResult in XML
 * @throws NormalizeError for what the store refuses
 */
export async function accessPointListing(
  client: S3Client,
  accessPoint: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<string> {
  let xml = "";
  // The client parses the document; the reader gets it as it is. Errors are left to the client.
  const keepDocument =
    <A, R extends { response: unknown }>(next: (args: A) => Promise<R>) =>
    async (args: A): Promise<R> => {
      const result = await next(args);
      const { statusCode, body } = HttpAnswer.parse(result.response);
      if (statusCode === 200) {
        const document = await buffer(body);
        xml = document.toString("utf8");
        Object.assign(Object(result.response), { body: document });
      }
      return result;
    };
  const place = { step: "deserialize", priority: "low", name: "keepDocument" } as const;
  const command = listCommand(accessPoint, query);
  if (command instanceof ListObjectsCommand) command.middlewareStack.add(keepDocument, place);
  else command.middlewareStack.add(keepDocument, place);
  try {
    await client.send(command, { abortSignal: signal });
    return xml;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    throw originalError(error.$metadata.httpStatusCode ?? 500, error, error.name, PASSED_ON_OF_LISTING);
  }
}

function listCommand(Bucket: string, query: URLSearchParams): ListObjectsCommand | ListObjectsV2Command {
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const common = {
    Bucket,
    Prefix: text("prefix"),
    Delimiter: text("delimiter"),
    MaxKeys: maxKeys(text("max-keys")),
    EncodingType: encodingType(text("encoding-type")),
  };
  const type = text("list-type");
  if (type === undefined) return new ListObjectsCommand({ ...common, Marker: text("marker") });
  if (type !== "2") throw new NormalizeError("InvalidArgument", "list-type must be 2.");
  return new ListObjectsV2Command({
    ...common,
    ContinuationToken: text("continuation-token"),
    StartAfter: text("start-after"),
    FetchOwner: text("fetch-owner") === undefined ? undefined : text("fetch-owner") === "true",
  });
}

function maxKeys(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new NormalizeError("InvalidArgument", "max-keys must be an integer from 0.");
}

function encodingType(text: string | undefined): "url" | undefined {
  if (text === undefined || text === "url") return text;
  throw new NormalizeError("InvalidArgument", "encoding-type must be url.");
}
