import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { type Photograph, photographs } from "../../../cli/job/photographs";
import { signedGet } from "../../../cli/job/signedFetch";
import { verifyAnswers } from "../../../cli/job/verifyAnswers";
import { LocalPlane } from "../../../cli/local/localPlane";
import { DEFAULT_TRANSFORMATION } from "../../../contracts/transformation";
import { REPOSITORY } from "./handmadePlane";
import { listeningAddresses } from "./listeningAddresses";
import { planeClient, refusal } from "./planeClient";

/** Everything that S3 takes in a key and that something on the way might spoil. */
const ODD_KEYS = ["a b.jpg", "a+b.jpg", "größe/日本.jpg", "50%25.jpg", "a&b=c?d#e.jpg", "it's (1)*!~.jpg", "a//b.jpg"];

describe("cli/local: the stack local, read through both deliveries", () => {
  let plane: LocalPlane;
  let client: S3Client;
  let picture: Photograph;
  let bytes: Buffer;

  before(async function () {
    this.timeout(60_000);
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    const graph = await captureGraph({
      program: REPOSITORY,
      stack: "local",
      mode: "resolved",
      provider: plane.provider,
    });
    await plane.start(graph);
    client = planeClient(plane);
    const [first] = await photographs();
    assert.ok(first);
    picture = first;
    bytes = readFileSync(picture.file);
    await put("photo.jpg", bytes);
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const delivery = (name: "object-lambda" | "function-url") => {
    const found = plane.manifest().accessPoints.find((accessPoint) => accessPoint.delivery === name);
    assert.ok(found, `no delivery ${name}`);
    return found;
  };
  const put = (Key: string, Body: Uint8Array) =>
    client.send(new PutObjectCommand({ Bucket: delivery("object-lambda").bucket, Key, Body }));
  const get = (Key: string) => client.send(new GetObjectCommand({ Bucket: delivery("object-lambda").alias, Key }));
  const getBytes = async (key: string): Promise<Uint8Array> => {
    const { Body } = await get(key);
    assert.ok(Body);
    return Body.transformToByteArray();
  };
  const urlOf = (key: string): string =>
    `${delivery("function-url").url}${key.split("/").map(encodeURIComponent).join("/")}`;

  it("runs all of the stack: nothing is skipped, and the manifest has every delivery", () => {
    assert.deepEqual(plane.skipped, []);
    const { accessPoints, buckets, version, endpoint } = plane.manifest();
    assert.equal(version, 1);
    assert.equal(endpoint, plane.cloud.endpoint);
    assert.deepEqual(accessPoints.map((accessPoint) => accessPoint.delivery).sort(), [
      "function-url",
      "materialized",
      "object-lambda",
    ]);
    for (const { bucket, transformation } of accessPoints) {
      assert.ok(buckets.includes(bucket));
      assert.deepEqual(transformation, DEFAULT_TRANSFORMATION);
    }
  });

  it("answers both with the same picture, OpenCV's", async () => {
    const url = await signedGet(urlOf("photo.jpg"), plane.manifest());
    assert.equal(url.status, 200);
    const answers = [
      { delivery: "object-lambda", bytes: await getBytes("photo.jpg") },
      { delivery: "function-url", bytes: new Uint8Array(await url.arrayBuffer()) },
    ];
    assert.ok(picture.golden);
    assert.deepEqual(await verifyAnswers(picture, answers, DEFAULT_TRANSFORMATION), []);
  });

  it("answers with type, length and hash, and never with the original's ETag", async () => {
    const { hash, bucket } = delivery("object-lambda");
    const original = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: "photo.jpg" }));
    const normalised = await get("photo.jpg");
    const body = (await normalised.Body?.transformToByteArray()) ?? new Uint8Array();
    assert.equal(normalised.ContentType, "image/jpeg");
    assert.equal(normalised.ContentLength, body.length);
    assert.deepEqual(normalised.Metadata, { "frugal-ml-shape": "256x256x1", "frugal-ml-transformation": hash });
    assert.equal(normalised.ETag, `"${original.ETag?.replaceAll('"', "")}-${hash}"`);
    const url = await signedGet(urlOf("photo.jpg"), plane.manifest());
    await url.arrayBuffer();
    assert.equal(url.headers.get("etag"), normalised.ETag);
    assert.equal(url.headers.get("content-type"), "image/jpeg");
    assert.equal(url.headers.get("x-amz-meta-frugal-ml-transformation"), hash);
  });

  for (const key of ODD_KEYS) {
    it(`finds the key ${key}`, async () => {
      const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
        .png()
        .toBuffer();
      await put(key, small);
      const throughAlias = Buffer.from(await getBytes(key));
      const url = await signedGet(urlOf(key), plane.manifest());
      assert.equal(url.status, 200, key);
      assert.ok(throughAlias.equals(Buffer.from(await url.arrayBuffer())));
    });
  }

  for (const [what, key, expected] of [
    ["a key that does not exist", "missing.jpg", "404 NoSuchKey"],
    ["an object that is no image", "text.txt", "400 UnsupportedFormat"],
    ["a broken image", "broken.jpg", "400 CorruptImage"],
    ["an empty object", "empty.jpg", "400 EmptyObject"],
  ] as const) {
    it(`answers ${what} with ${expected} through both`, async () => {
      await put("text.txt", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
      await put("broken.jpg", bytes.subarray(0, 2000));
      await put("empty.jpg", Buffer.alloc(0));
      assert.equal(await refusal(get(key)), expected);
      const url = await signedGet(urlOf(key), plane.manifest());
      assert.equal(`${url.status} ${url.headers.get("x-frugal-ml-error")}`, expected);
      assert.equal(`${url.status} ${JSON.parse(await url.text()).code}`, expected);
    });
  }

  it("refuses writing through the alias with 405, and writes nothing", async () => {
    const { alias, bucket } = delivery("object-lambda");
    const call = client.send(new PutObjectCommand({ Bucket: alias, Key: "written.jpg", Body: bytes }));
    assert.equal(await refusal(call), "405 MethodNotAllowed");
    assert.match(await refusal(client.send(new HeadObjectCommand({ Bucket: bucket, Key: "written.jpg" }))), /^404/);
  });

  it("refuses the URL with 403 when the request is unsigned, or signed with another secret or key id", async () => {
    const unsigned = await fetch(urlOf("photo.jpg"));
    assert.equal(unsigned.status, 403);
    assert.deepEqual(await unsigned.json(), { Message: "Forbidden" });
    const wrongSecret = await signedGet(urlOf("photo.jpg"), { ...plane.manifest(), secretAccessKey: "wrong" });
    assert.equal(wrongSecret.status, 403);
    const otherKey = await signedGet(urlOf("photo.jpg"), { ...plane.manifest(), accessKeyId: "AKIAOTHER" });
    assert.equal(otherKey.status, 403);
  });

  it("listens on 127.0.0.1 and nowhere else, its functions too", async function () {
    if (process.platform !== "linux") this.skip();
    const addresses = listeningAddresses();
    assert.ok(addresses.includes(`127.0.0.1:${new URL(plane.cloud.endpoint).port}`), addresses.join(" "));
    assert.ok(addresses.length > 1, "the functions' Runtime API listens as well");
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith("127.0.0.1:")),
      [],
    );
  });
});
