import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { AccessPoint } from "../../../cli/local/accessPoint";
import { LocalFunction } from "../../../cli/local/lambda/localFunction";
import { LocalPlane } from "../../../cli/local/localPlane";
import { LocalPlaneError } from "../../../cli/local/localPlaneError";
import { AssetReference, UNKNOWN } from "../../../contracts/graph";
import { handmadePlane, REPOSITORY } from "./handmadePlane";

const OPTIONS = { port: 0, region: "us-east-1", program: REPOSITORY };

describe("cli/local/localPlane", () => {
  it("answers its health, and is known by its manifest", async () => {
    const plane = await handmadePlane((stack) => void stack.accessPoint("photos"));
    try {
      const health = await fetch(`${plane.cloud.endpoint}/_health`);
      assert.equal(health.status, 200);
      assert.deepEqual(await health.json(), { status: "ok" });
      const { accessKeyId, secretAccessKey, ...rest } = plane.manifest();
      assert.match(accessKeyId, /^AKIA[0-9A-F]{16}$/);
      assert.equal(secretAccessKey.length, 40);
      assert.deepEqual(rest, {
        version: 1,
        endpoint: plane.cloud.endpoint,
        region: "us-east-1",
        accountId: "123456789012",
        buckets: ["photos"],
        accessPoints: [],
        fleets: [],
        endpoints: [],
        apis: [],
      });
    } finally {
      await plane.stop();
    }
  });

  it("says that a port is in use, and how to choose another", async () => {
    const plane = await LocalPlane.listen(OPTIONS);
    try {
      const port = Number(new URL(plane.cloud.endpoint).port);
      await assert.rejects(LocalPlane.listen({ ...OPTIONS, port }), {
        code: "PortInUse",
        message: `port ${port} is in use; choose another with --port`,
      });
    } finally {
      await plane.stop();
    }
  });

  it("stops whole: port, folder and processes", async () => {
    const plane = await handmadePlane(async (stack) => {
      await stack.lambda("one", "exports.handler = async () => process.pid;", { timeout: 10 });
      stack.url("one", "NONE");
    });
    const pid = Number(await (await fetch(`${plane.cloud.endpoint}/_functions/one/`)).text());
    assert.ok(process.kill(pid, 0));
    assert.ok(existsSync(plane.folder));
    await plane.stop();
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    assert.equal(existsSync(plane.folder), false);
    await assert.rejects(fetch(`${plane.cloud.endpoint}/_health`));
  });

  it("skips what cannot run here, says why, and runs the rest", async () => {
    const plane = await handmadePlane(async (stack) => {
      const code = new AssetReference("archive", "/does/not/exist.zip");
      stack.add("aws:lambda/function:Function", "python", { runtime: "python3.13", code });
      stack.add("aws:lambda/function:Function", "image", { packageType: "Image" });
      stack.add("aws:lambda/function:Function", "codeless", { runtime: "nodejs24.x", code });
      stack.add("aws:lambda/functionUrl:FunctionUrl", "url", { functionName: "python", authorizationType: "NONE" });
      stack.add("aws:s3/accessPoint:AccessPoint", "unknowing", { bucket: UNKNOWN });
      stack.add("aws:sqs/queue:Queue", "queue", {});
      stack.accessPoint("photos");
    });
    try {
      assert.deepEqual(plane.skipped, [
        "python: runtime python3.13 does not run here; nodejs does",
        "image: runtime of an image does not run here; nodejs does",
        "codeless: codeless: /does/not/exist.zip does not exist",
        "url: no LocalFunction runs here by the name python",
        "unknowing: unknowing (aws:s3/accessPoint:AccessPoint): bucket must be known on this machine",
      ]);
      assert.equal(plane.find(AccessPoint, "photos-s3alias").bucket, "photos");
    } finally {
      await plane.stop();
    }
  });

  it("finds running things by their names and class, and by nothing else", async () => {
    const plane = await handmadePlane(async (stack) => {
      stack.accessPoint("photos");
      await stack.lambda("one", "exports.handler = async () => 1;");
    });
    try {
      assert.equal(plane.all(LocalFunction).length, 1);
      assert.equal(plane.find(LocalFunction, "one").settings.memoryMb, 128);
      const arn = "arn:aws:s3:us-east-1:123456789012:accesspoint/photos";
      assert.equal(plane.find(AccessPoint, arn), plane.find(AccessPoint, "photos-s3alias"));
      assert.throws(
        () => plane.find(LocalFunction, arn),
        (error) => error instanceof LocalPlaneError && error.code === "NotRunning",
      );
    } finally {
      await plane.stop();
    }
  });

  it("keeps the last lines of its functions' logs", async () => {
    const plane = await LocalPlane.listen(OPTIONS);
    try {
      for (let i = 0; i < 300; i++) plane.log("one", `line ${i}`);
      assert.equal(plane.recentLog.length, 200);
      assert.equal(plane.recentLog.at(-1), "one: line 299");
    } finally {
      await plane.stop();
    }
  });
});
