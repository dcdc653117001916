import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { photographs } from "../../cli/job/photographs";
import { NormalizedImages, type NormalizedImagesOptions, ReadError } from "../../clients/node/normalizedImages";
import { type ReadStack, startReadStack } from "../cli/local/readStack";

const KEYS = ["set/a b.jpg", "set/größe+1.jpg", "set/it's (1)*!~.jpg", "set/z//deep.jpg"];
const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };

describe("clients/node, at the running plane", () => {
  let stack: ReadStack;
  const client = (options: Partial<NormalizedImagesOptions> = {}): NormalizedImages => {
    const { region, accessKeyId, secretAccessKey } = stack.plane.manifest();
    const credentials = { accessKeyId, secretAccessKey };
    return new NormalizedImages({ url: stack.functionUrl.url ?? "", region, credentials, attempts: 2, ...options });
  };

  before(async function () {
    this.timeout(60_000);
    stack = await startReadStack();
    const [first] = await photographs();
    ok(first);
    const Body = readFileSync(first.file);
    const Bucket = stack.functionUrl.bucket;
    for (const Key of KEYS) await stack.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    await stack.client.send(new PutObjectCommand({ Bucket, Key: "bad.jpg", Body: "no picture" }));
  });
  after(async () => {
    stack?.client.destroy();
    await stack?.plane.stop();
  });

  it("reads, asks and lists, whatever is in the key", async () => {
    const images = client({ transformation: stack.functionUrl.hash });
    const listed: string[] = [];
    for await (const key of images.list("set/")) listed.push(key);
    deepEqual(
      listed,
      [...KEYS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    for (const key of KEYS) {
      const { bytes, ...image } = await images.get(key);
      deepEqual(await images.head(key), image);
      equal(image.length, bytes.length);
      equal(image.contentType, "image/jpeg");
      match(image.etag ?? "", new RegExp(`-${stack.functionUrl.hash}"$`));
      equal(image.metadata["frugal-ml-transformation"], stack.functionUrl.hash);
    }
  });

  it("reads many in the order of their keys", async () => {
    const images = client();
    const keys = Array.from({ length: 12 }, (_, index) => KEYS[index % KEYS.length] ?? "");
    const read: string[] = [];
    for await (const { key, bytes } of images.getAll(keys, { concurrency: 3 })) {
      ok(bytes.length > 0);
      read.push(key);
    }
    deepEqual(read, keys);
  });

  it("throws the code and status of a refusal", async () => {
    const images = client();
    await rejects(images.get("bad.jpg"), { name: "ReadError", status: 400, code: "UnsupportedFormat", key: "bad.jpg" });
    await rejects(images.get("nowhere.jpg"), { status: 404, code: "NoSuchKey" });
    await rejects(images.head("nowhere.jpg"), { status: 404, code: "NoSuchKey" });
    await rejects(client({ credentials: CREDENTIALS }).get(KEYS[0] ?? ""), { status: 403 });
    await rejects(images.get(""), { code: "InvalidRequest" });
    // An address resolves dots: another object would be read.
    for (const key of ["set/../bad.jpg", "./bad.jpg", ".."]) await rejects(images.get(key), { status: 400, key });
  });

  it("refuses what another transformation made", async () => {
    const images = client({ transformation: "0123456789ab" });
    await rejects(images.get(KEYS[0] ?? ""), { code: "OtherTransformation" });
  });
});

describe("clients/node, at a server in trouble", () => {
  let server: http.Server;
  let answers: number[];
  let asked: number;
  let most: number;

  beforeEach(async () => {
    [answers, asked, most] = [[], 0, 0];
    let now = 0;
    server = http.createServer((_, response) => {
      asked++;
      most = Math.max(most, ++now);
      const status = answers.shift() ?? 200;
      setTimeout(() => {
        now--;
        if (status === 0) response.destroy();
        else response.writeHead(status, { "content-type": "text/plain" }).end("x");
      }, 5);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = (attempts?: number): NormalizedImages => {
    const { port } = server.address() as AddressInfo;
    const rest = attempts === undefined ? {} : { attempts };
    return new NormalizedImages({ url: `http://127.0.0.1:${port}/`, region: "r", credentials: CREDENTIALS, ...rest });
  };

  it("tries again when asked to slow down, or when nothing is answered", async () => {
    answers = [503, 429, 0];
    equal((await client().get("a")).bytes.length, 1);
    equal(asked, 4);
  });

  it("gives up after its attempts, and at once when another would end alike", async () => {
    answers = [503, 503, 503];
    await rejects(client(2).get("a"), (error) => error instanceof ReadError && error.status === 503);
    equal(asked, 2);
    answers = [0, 0];
    await rejects(client(2).get("a"), { status: 0, code: "Unreachable" });
    [answers, asked] = [[404], 0];
    await rejects(client().get("a"), { status: 404 });
    equal(asked, 1);
  });

  it("keeps to its concurrency, and throws at the turn of what failed", async () => {
    answers = [200, 404];
    const read: string[] = [];
    await rejects(async () => {
      for await (const { key } of client().getAll(["a", "b", "c", "d"], { concurrency: 1 })) read.push(key);
    });
    deepEqual(read, ["a"]);
    for await (const { key } of client().getAll(
      Array.from({ length: 20 }, (_, i) => `k${i}`),
      { concurrency: 4 },
    ))
      read.push(key);
    equal(read.length, 21);
    ok(most <= 4 && most > 1, `${most} at once`);
  });
});
