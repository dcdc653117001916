import assert from "node:assert/strict";
import { ListObjectsCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { XMLParser } from "fast-xml-parser";
import * as z from "zod";
import { signedFetch } from "../../../cli/job/signedFetch";
import type { LocalPlane } from "../../../cli/local/localPlane";
import type { LocalAccessPoint } from "../../../contracts/localManifest";
import { refusal } from "./planeClient";
import { startReadStack } from "./readStack";

const KEY = "folder/a photo.png";

/** ListBucketResult as it is written, as far as it is read here. */
const Listing = z.object({
  ListBucketResult: z.object({
    KeyCount: z.number().optional(),
    IsTruncated: z.boolean(),
    NextContinuationToken: z.string().optional(),
    Contents: z.array(
      z.object({ Key: z.string(), ETag: z.string(), Size: z.number(), ChecksumType: z.undefined().optional() }),
    ),
    CommonPrefixes: z.array(z.object({ Prefix: z.string() })).default([]),
  }),
});
const listingParser = new XMLParser({ isArray: (name) => name === "Contents" || name === "CommonPrefixes" });

describe("cli/local: listings through both deliveries", () => {
  let plane: LocalPlane;
  let client: S3Client;
  let objectLambda: LocalAccessPoint;
  let functionUrl: LocalAccessPoint;
  let etag: string;

  before(async function () {
    this.timeout(60_000);
    ({ plane, client, objectLambda, functionUrl } = await startReadStack());
    for (const Key of [KEY, "folder/b.png", "other.png"]) {
      const put = await client.send(new PutObjectCommand({ Bucket: objectLambda.bucket, Key, Body: "any bytes" }));
      etag = `"${put.ETag?.replaceAll('"', "")}-${objectLambda.hash}"`;
    }
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  it("lists, in both versions, what GET and HEAD answer by those tags", async () => {
    const input = { Bucket: objectLambda.alias, Prefix: "folder/" };
    for (const list of [
      await client.send(new ListObjectsV2Command(input)),
      await client.send(new ListObjectsCommand(input)),
    ]) {
      assert.deepEqual(
        list.Contents?.map(({ Key, ETag, ChecksumType }) => [Key, ETag, ChecksumType]),
        [
          [KEY, etag, undefined],
          ["folder/b.png", etag, undefined],
        ],
      );
    }
    const paged = await client.send(new ListObjectsV2Command({ ...input, MaxKeys: 1, Delimiter: "!" }));
    const token = paged.NextContinuationToken;
    const next = await client.send(new ListObjectsV2Command({ ...input, MaxKeys: 1, ContinuationToken: token }));
    assert.deepEqual(
      next.Contents?.map(({ Key }) => Key),
      ["folder/b.png"],
    );
  });

  it("lists at the URL as S3 does", async () => {
    const list = async (query: string) => {
      const answer = await signedFetch(`${functionUrl.url}?${query}`, plane.manifest());
      assert.equal(answer.headers.get("content-type"), "application/xml");
      return Listing.parse(listingParser.parse(await answer.text())).ListBucketResult;
    };
    const first = await list("list-type=2&prefix=folder/&max-keys=1");
    assert.deepEqual(
      first.Contents.map(({ Key }) => Key),
      [KEY],
    );
    assert.deepEqual([first.KeyCount, first.IsTruncated], [1, true]);
    assert.equal(first.Contents[0]?.ETag.replaceAll("&quot;", '"'), etag);
    const token = encodeURIComponent(first.NextContinuationToken ?? "");
    const second = await list(`list-type=2&prefix=folder/&max-keys=1&continuation-token=${token}`);
    assert.deepEqual(
      second.Contents.map(({ Key }) => Key),
      ["folder/b.png"],
    );
    assert.deepEqual(
      (await list("prefix=folder%2Fb")).Contents.map(({ Key }) => Key),
      ["folder/b.png"],
    );
    for (const query of ["list-type=3", "list-type=2&max-keys=-1", "encoding-type=none"]) {
      const answer = await signedFetch(`${functionUrl.url}?${query}`, plane.manifest());
      assert.equal(`${answer.status} ${answer.headers.get("x-frugal-ml-error")}`, "400 InvalidArgument", query);
      await answer.arrayBuffer();
    }
  });

  it("refuses a listing with S3's own error, through both", async () => {
    const token = "not one of ours";
    const list = client.send(new ListObjectsV2Command({ Bucket: objectLambda.alias, ContinuationToken: token }));
    assert.equal(await refusal(list), "400 InvalidArgument");
    const address = `${functionUrl.url}?list-type=2&continuation-token=${encodeURIComponent(token)}`;
    const answer = await signedFetch(address, plane.manifest());
    assert.equal(`${answer.status} ${answer.headers.get("x-frugal-ml-error")}`, "400 InvalidArgument");
    await answer.arrayBuffer();
  });
});
