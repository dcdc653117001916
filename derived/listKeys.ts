import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

/** One object of a listing. */
export interface ListedKey {
  /** Without the prefix of the listing. */
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
}

/** Lists the objects below a prefix, in S3's order, a page at a time. */
export async function* listKeys(client: S3Client, bucket: string, prefix = ""): AsyncGenerator<ListedKey> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    for (const { Key = "", ETag = "" } of page.Contents ?? []) {
      yield { key: Key.slice(prefix.length), etag: ETag.replaceAll('"', "") };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
