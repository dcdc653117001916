import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LocalPlane } from "../../../cli/local/localPlane";
import { publish } from "../../../containers/forecast/publish";
import { FleetEnvironment } from "../../../contracts/fleetContainer";
import type { ManifestCustomer, PlannedCustomer, TrainingResult } from "../../../contracts/fleetManifest";
import { FleetStore } from "../../../fleet/fleetStore";
import { movePointers, pinObjectKey, pointerText } from "../../../fleet/pointers";
import { REPOSITORY } from "../../cli/local/handmadePlane";

const BUCKET = "published";

describe("publish", function () {
  this.timeout(30_000);
  let plane: LocalPlane;
  let store: FleetStore;
  let folder: string;
  const before = { ...process.env };
  const write = process.stdout.write.bind(process.stdout);

  beforeEach(async () => {
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program: REPOSITORY });
    await plane.store.createBucket(BUCKET);
    const { endpoint, region } = plane.cloud;
    const { accessKeyId, secretAccessKey } = plane.credentials;
    store = new FleetStore(BUCKET, { endpoint, region, accessKeyId, secretAccessKey });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
    folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-publish-"));
    process.stdout.write = () => true;
  });

  afterEach(async () => {
    process.stdout.write = write;
    process.env = { ...before };
    store.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Publishes a version in which these customers were fitted. */
  async function version(name: string, fitted: readonly string[], stored = fitted, retain = 5) {
    const planned = fitted.map((customer): PlannedCustomer => ({ customer, action: "fit", inputHash: name, rows: 9 }));
    const results = fitted.map(
      (customer): TrainingResult => ({ customer, inputHash: name, status: "fitted", points: 9 }),
    );
    const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    for (const part of ["plan", "results"])
      await mkdir(path.join(folder, "processing/input", part), { recursive: true });
    await writeFile(path.join(folder, "processing/input/plan/plan.jsonl"), lines(planned));
    await writeFile(path.join(folder, "processing/input/results/algo-1-x.jsonl"), lines(results));
    for (const customer of stored) await store.write(`f/models/${name}/${customer}.tar.gz`, `${customer} ${name}`);
    return publish({
      [FleetEnvironment.Root]: folder,
      [FleetEnvironment.Fleet]: "forecast",
      [FleetEnvironment.Version]: name,
      [FleetEnvironment.FleetUri]: `s3://${BUCKET}/f/`,
      [FleetEnvironment.RetainVersions]: String(retain),
    });
  }

  const keys = async (prefix: string): Promise<readonly string[]> => {
    const all: string[] = [];
    for await (const { key } of store.list(`f/${prefix}`)) all.push(key.slice(2));
    return all;
  };
  const target = async (customer: string): Promise<unknown> =>
    JSON.parse((await store.read(`f/pointers/${customer}.json`))?.text ?? "{}").targetModel;

  it("moves no pointer while a model is missing", async () => {
    await version("v1", ["a", "b"]);
    await assert.rejects(version("v2", ["a", "b"], ["a"]), { code: "Incomplete", message: /1 customers .*"b"/ });
    assert.deepEqual(await keys("pointers/"), ["pointers/a.json", "pointers/b.json"]);
    assert.equal(await target("a"), "v1/a.tar.gz");
    assert.equal(await store.has("f/models/v2/manifest.json"), false);
    assert.equal((await version("v2", ["a", "b"])).previous, "v1");
    assert.equal(await target("b"), "v2/b.tar.gz");
  });

  it("can be run again, and changes nothing then", async () => {
    const first = await version("v1", ["a"]);
    const again = await version("v1", ["a"]);
    assert.deepEqual(again, first);
  });

  it("believes a result only for the input that was planned", async () => {
    await mkdir(path.join(folder, "processing/input/results"), { recursive: true });
    const stale = { customer: "a", inputHash: "of another run", status: "fitted", points: 9 };
    await writeFile(path.join(folder, "processing/input/results/algo-2-x.jsonl"), `${JSON.stringify(stale)}\n{"cut`);
    await assert.rejects(version("v1", ["a"]), { code: "Incomplete" });
  });

  it("believes the later attempt, whichever host it was", async () => {
    await mkdir(path.join(folder, "processing/input/results"), { recursive: true });
    const stale = { customer: "a", inputHash: "of another run", status: "fitted", points: 9 };
    await writeFile(path.join(folder, "processing/input/results/algo-2-w.jsonl"), `${JSON.stringify(stale)}\n`);
    assert.equal((await version("v1", ["a"])).counts.fitted, 1);
  });

  it("retires by when a version was completed, not by when its manifest was last written", async () => {
    for (const name of ["v3", "v2", "v1"]) await version(name, ["a", "b"]);
    // As an erasure does.
    const erased = await store.read("f/models/v3/manifest.json");
    await store.write("f/models/v3/manifest.json", erased?.text ?? "");
    await version("v0", ["a"], undefined, 2);
    const left = (await keys("models/")).filter((key) => key.endsWith(".tar.gz"));
    assert.deepEqual(left, ["models/v0/a.tar.gz", "models/v1/a.tar.gz", "models/v1/b.tar.gz"]);
  });

  it("retires old versions, but never what a pointer or a pin names", async () => {
    await version("v1", ["a", "b", "c"]);
    await store.write(pinObjectKey("f/", "b"), pointerText("b", "v1/b.tar.gz", true));
    await store.write("f/pointers/b.json", pointerText("b", "v1/b.tar.gz", true));
    // c is not in the dataset any more, and its model of v1 stays current.
    await version("v2", ["a", "b"], undefined, 1);
    await store.write("f/models/training/a.tar.gz", "a version that is not complete");
    await version("v3", ["a", "b"], undefined, 1);
    const left = (await keys("models/")).filter((key) => key.endsWith(".tar.gz"));
    assert.deepEqual(left, [
      "models/training/a.tar.gz",
      "models/v1/b.tar.gz",
      "models/v1/c.tar.gz",
      "models/v3/a.tar.gz",
      "models/v3/b.tar.gz",
    ]);
    assert.deepEqual(
      [await target("a"), await target("b"), await target("c")],
      ["v3/a.tar.gz", "v1/b.tar.gz", "v1/c.tar.gz"],
    );
    assert.equal((await keys("models/")).filter((key) => key.endsWith("manifest.json")).length, 3);
  });

  it("keeps a pin that is set while it publishes, and stops where a later version was", async () => {
    const customer: ManifestCustomer = {
      customer: "a",
      status: "fitted",
      model: "v2/a.tar.gz",
      pointer: '"as it was"',
    };
    await store.write("f/pointers/a.json", pointerText("a", "v1/a.tar.gz", true));
    const root = { store, root: "f/" };
    assert.deepEqual(await movePointers(root, [customer], new Set(), async () => {}), [customer]);
    assert.equal(await target("a"), "v1/a.tar.gz");
    await store.write("f/pointers/a.json", pointerText("a", "v3/a.tar.gz", false));
    const superseded = async (): Promise<never> => {
      throw new Error("superseded");
    };
    await assert.rejects(movePointers(root, [customer], new Set(), superseded), /superseded/);
    assert.equal(await target("a"), "v3/a.tar.gz");
  });
});
