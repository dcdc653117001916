import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, HeadObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bundleModule } from "../../cli/bundle/bundleModule";
import { captureGraph } from "../../cli/graph/captureGraph";
import { LocalPlane } from "../../cli/local/localPlane";
import type { LocalAccessPoint } from "../../contracts/localManifest";
import { MAX_MODULE_ORIGINAL_BYTES, moduleTransformationHash } from "../../contracts/moduleTransformation";
import { REPOSITORY } from "../cli/local/handmadePlane";
import { planeClient } from "../cli/local/planeClient";
import { type Reader, sdkReader, urlReader } from "../cli/local/readers";

const PROGRAM = path.join(REPOSITORY, "examples/csv-columns");
const TABLE = 'name,age,note,outcome\nAda,36,"call 555, or ada@example.org",yes\nAlan,41,fine,no\n';
const REDUCED = 'age,note,outcome\r\n36,"call █, or █",yes\r\n41,fine,no\r\n';

describe("examples/csv-columns: a module in the place of the image transformation", () => {
  let plane: LocalPlane;
  let client: S3Client;
  let module: string;
  let readers: readonly Reader[];

  before(async function () {
    this.timeout(90_000);
    ({ module } = await bundleModule(path.join(PROGRAM, "columns.ts"), path.join(PROGRAM, "dist/columns.zip")));
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: PROGRAM });
    const graph = await captureGraph({ program: PROGRAM, stack: "local", mode: "resolved", provider: plane.provider });
    await plane.start(graph);
    client = planeClient(plane);
    readers = [sdkReader(client, delivery("object-lambda").alias), url()];
    await put("table.csv", TABLE);
  });

  after(async () => {
    client?.destroy();
    await plane?.stop();
  });

  const delivery = (name: string): LocalAccessPoint => {
    const found = plane.manifest().accessPoints.find((accessPoint) => accessPoint.delivery === name);
    assert.ok(found, `no delivery ${name}`);
    return found;
  };
  const url = (): Reader => urlReader(delivery("function-url").url ?? "", plane.manifest());
  const put = (Key: string, Body: string | Uint8Array) =>
    client.send(new PutObjectCommand({ Bucket: delivery("function-url").bucket, Key, Body }));

  it("names module and options in the hash, and tells the plane's readers", () => {
    const options = { keep: ["age", "note", "outcome"], redact: ["note"] };
    const { hash, transformation, module: described } = delivery("function-url");
    assert.deepEqual(plane.skipped, []);
    assert.deepEqual(described, { module, options });
    assert.equal(transformation, undefined);
    assert.equal(hash, moduleTransformationHash({ module, options }));
  });

  it("answers both read deliveries with the reduced table, its type, hash and metadata", async () => {
    for (const read of readers) {
      const { status, type, bytes, etag, transformation } = await read({ key: "table.csv" });
      const { hash } = delivery("function-url");
      assert.deepEqual([status, type, transformation], [200, "text/csv; charset=utf-8", hash]);
      assert.equal(bytes.toString("utf8"), REDUCED);
      assert.match(etag ?? "", new RegExp(`^"[0-9a-f]{32}-${hash}"$`));
    }
    const { Metadata } = await client.send(
      new HeadObjectCommand({ Bucket: delivery("object-lambda").alias, Key: "table.csv" }),
    );
    assert.equal(Metadata?.["rows"], "2");
  });

  it("keeps ranges, conditions and HEAD", async () => {
    for (const read of readers) {
      const { etag, length } = await read({ key: "table.csv", method: "HEAD" });
      assert.equal(length, Buffer.byteLength(REDUCED));
      const part = await read({ key: "table.csv", range: "bytes=4-7", ifMatch: etag ?? "" });
      assert.deepEqual([part.status, part.bytes.toString()], [206, "note"]);
      assert.equal((await read({ key: "table.csv", ifNoneMatch: etag ?? "" })).status, 304);
      assert.equal((await read({ key: "table.csv", ifMatch: '"other"' })).status, 412);
    }
  });

  it("answers with the module's own codes, and serves the next request", async () => {
    await put("other.csv", "a,b\n1,2\n");
    await put("torn.csv", 'age,note,outcome\n1,"torn');
    await put("binary.csv", new Uint8Array([0xff, 0xfe, 0x00]));
    const codes = { "other.csv": "MissingColumn", "torn.csv": "NotATable", "binary.csv": "NotATable" };
    for (const read of readers) {
      for (const [key, expected] of Object.entries(codes)) {
        const { status, code } = await read({ key });
        assert.deepEqual([key, status, code], [key, 400, expected]);
        assert.equal((await read({ key: "table.csv" })).status, 200);
      }
    }
  });

  it("keeps the limit of bytes", async function () {
    this.timeout(60_000);
    await put("large.csv", new Uint8Array(MAX_MODULE_ORIGINAL_BYTES + 1));
    for (const read of readers) {
      const { status, code } = await read({ key: "large.csv" });
      assert.deepEqual([status, code], [400, "TooManyBytes"]);
    }
  });

  it("derives it below its hash, and puts what the module refuses in quarantine", async function () {
    this.timeout(60_000);
    const { alias, prefix = "", hash } = delivery("materialized");
    await put("late.csv", TABLE);
    await put("refused.csv", "a,b\n");
    assert.equal(await eventually(alias, `${prefix}late.csv`), REDUCED);
    assert.match(await eventually(alias, `quarantine/${hash}/refused.csv`), /"code":"MissingColumn"/);
  });

  async function eventually(Bucket: string, Key: string): Promise<string> {
    for (let tries = 0; ; tries++) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? "";
      } catch (error) {
        if (!(error instanceof NoSuchKey) || tries > 200) throw error;
        await sleep(100);
      }
    }
  }
});
