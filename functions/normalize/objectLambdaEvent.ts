import * as z from "zod/mini";
import { type HeaderReader, headerReader } from "./headerReader";

const Common = {
  configuration: z.object({
    payload: z.optional(z.string()),
    supportingAccessPointArn: z.optional(z.string()),
  }),
  userRequest: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
};
const Input = z.object({ inputS3Url: z.url() });

/** The event for GetObject. */
export const GetObjectEvent = z.object({
  getObjectContext: z.object({ inputS3Url: z.url(), outputRoute: z.string(), outputToken: z.string() }),
  ...Common,
});
export type GetObjectEvent = z.infer<typeof GetObjectEvent>;

/** The event for HeadObject. */
export const HeadObjectEvent = z.object({ headObjectContext: Input, ...Common });
export type HeadObjectEvent = z.infer<typeof HeadObjectEvent>;

const ListObjectsEvent = z.object({ listObjectsContext: Input, ...Common });
const ListObjectsV2Event = z.object({ listObjectsV2Context: Input, ...Common });

/**
 * The events of S3 Object Lambda, as far as they are read
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html).
 */
export const ObjectLambdaEvent = z.union([GetObjectEvent, HeadObjectEvent, ListObjectsEvent, ListObjectsV2Event]);
export type ObjectLambdaEvent = z.infer<typeof ObjectLambdaEvent>;

/** The reader's request that an event speaks of. */
export interface ReaderRequest {
  /** Presigned URL of the original, or of the listing. */
  readonly url: string;
  /** Key of the object; empty for a listing. */
  readonly key: string;
  readonly header: HeaderReader;
  readonly query: URLSearchParams;
}

/** What an event says of the reader's request. */
export function readerRequest(inputS3Url: string, { userRequest }: ObjectLambdaEvent): ReaderRequest {
  const { pathname, searchParams } = new URL(inputS3Url);
  const key = decoded(pathname.slice(1));
  const query = userQuery(userRequest.url, key);
  // Where both have a parameter, the presigned URL has it as it was sent: `userRequest.url` is decoded.
  for (const [name, value] of searchParams) query.set(name, value);
  return { url: inputS3Url, key, header: headerReader(userRequest.headers), query };
}

/** Parameters of a URL that was decoded as a whole, in which a key may have question marks of its own. */
function userQuery(url: string, key: string): URLSearchParams {
  const at = url.indexOf(`/${key}`, url.indexOf("//") + 2);
  const rest = at < 0 ? url : url.slice(at + 1 + key.length);
  const [, query = ""] = rest.split(/\?(.*)/s);
  return new URLSearchParams(query);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
