import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar";
import { LocalPipeline } from "../../../../cli/local/sagemaker/localPipeline";
import type { PipelineExecution } from "../../../../cli/local/sagemaker/pipelineExecution";
import { fleetDefinition } from "./fleetDefinition";
import { BUCKET, PARAMETERS, PipelinePlane } from "./pipelinePlane";

describe("a pipeline on this machine", () => {
  let fleet: PipelinePlane;

  before(async () => {
    fleet = await PipelinePlane.start({
      Fleet: fleetDefinition({ hyperParameters: { model: "weights" } }),
      Slow: fleetDefinition({ hyperParameters: { delay: "200" } }),
      Failing: fleetDefinition({ splitCommand: "fail" }),
      FailingTraining: fleetDefinition({ hyperParameters: { failOn: "algo-2" } }),
      Idle: fleetDefinition({ instances: 5 }),
      Stubborn: fleetDefinition({ hyperParameters: { delay: "5000" }, trainEnvironment: { FAKE_STUBBORN: "1" } }),
      Short: fleetDefinition({ hyperParameters: { delay: "5000" }, maxRuntimeSeconds: 1 }),
    });
    await fleet.data(7);
  });

  after(() => fleet.stop());

  const stepsOf = (execution: PipelineExecution) =>
    Object.fromEntries(execution.steps.map(({ definition, status }) => [definition.name, status]));

  /** Numbers of the customers that have a model. */
  const numbersOf = (execution: PipelineExecution) =>
    fleet.keys(`runs/${execution.id}/models/`).map((key) => Number(/(\d+)\.csv/.exec(key)?.[1]));

  it("runs split, train and publish, each with what the one before made", async () => {
    const execution = fleet.execute();
    match(execution.id, /^[a-z0-9]{12}$/);
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    deepEqual(stepsOf(execution), { Split: "Succeeded", Train: "Succeeded", Publish: "Succeeded" });
    const run = `runs/${execution.id}`;
    deepEqual(
      fleet.keys(`${run}/series/`),
      [0, 1, 2, 3, 4, 5, 6].map((index) => `c000${index}.csv`),
    );
    equal(await fleet.text(`${run}/series/c0003.csv`), "c0003,t,1\n".repeat(4));
    // Objects are dealt in the order of their keys.
    const hosts = await Promise.all(fleet.keys(`${run}/models/`).map((key) => fleet.text(`${run}/models/${key}`)));
    deepEqual(hosts, ["algo-1 40", "algo-2 40", "algo-1 40", "algo-2 40", "algo-1 40", "algo-2 40", "algo-1 40"]);
    deepEqual(JSON.parse(await fleet.text(`${run}/manifest/manifest.json`)), fleet.keys(`${run}/models/`));
  });

  it("gives the container what SageMaker gives it, and nothing of the user's own", async () => {
    process.env["FAKE_OF_THE_USER"] = "secret";
    const execution = fleet.execute();
    await execution.finished;
    delete process.env["FAKE_OF_THE_USER"];
    const seen = JSON.parse(await fleet.text(`runs/${execution.id}/plan/seen.json`));
    deepEqual(seen.hosts, { current_host: "algo-1", hosts: ["algo-1"] });
    equal(seen.version, execution.id);
    match(seen.job, new RegExp(`^pipelines-${execution.id}-Split-[a-z0-9]{10}$`));
    ok(seen.environment.includes("AWS_ENDPOINT_URL_S3") && seen.environment.includes("FRUGAL_ML_ROOT"));
    ok(!seen.environment.includes("FAKE_OF_THE_USER") && !seen.environment.includes("PATH"));
  });

  it("packs the models of all instances into one archive", async () => {
    const execution = fleet.execute();
    await execution.finished;
    const [key = ""] = fleet.keys(`runs/${execution.id}/output/`);
    match(key, new RegExp(`^pipelines-${execution.id}-Train-[a-z0-9]{10}/output/model.tar.gz$`));
    const version = fleet.plane.store.find(BUCKET, `runs/${execution.id}/output/${key}`);
    ok(version);
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-model-"));
    const names: string[] = [];
    const unpacked = extract({ cwd: folder, onReadEntry: (entry) => names.push(entry.path) });
    fleet.plane.store.read(BUCKET, version).pipe(createGunzip()).pipe(unpacked);
    await new Promise((resolve) => unpacked.once("close", resolve));
    deepEqual(names, ["deep/algo-1.txt", "deep/algo-2.txt"]);
    await rm(folder, { recursive: true });
  });

  it("starts instances that have no data, as SageMaker does", async () => {
    await fleet.put("three/a.csv", "customer_id\na\nb\nc\n");
    const execution = fleet.execute("Idle", { parameters: { ...PARAMETERS, DataUri: `s3://${BUCKET}/three/` } });
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    equal(fleet.keys(`runs/${execution.id}/models/`).length, 3);
  });

  it("fails a step with the message of its container, and starts no other", async () => {
    const execution = fleet.execute("Failing");
    await execution.finished;
    equal(execution.status, "Failed");
    deepEqual(stepsOf(execution), { Split: "Failed" });
    equal(execution.steps[0]?.failureReason, "the dataset has no column customer_id");
    deepEqual(fleet.keys(`runs/${execution.id}/`), []);
  });

  it("fails training with the first 1,024 characters of the failure, and ends the other instances", async () => {
    const started = performance.now();
    const execution = fleet.execute("FailingTraining", { graceSeconds: 1.5 });
    await execution.finished;
    ok(performance.now() - started < 30_000);
    deepEqual(stepsOf(execution), { Split: "Succeeded", Train: "Failed" });
    equal(execution.steps[1]?.failureReason, `no ${"x".repeat(1021)}`);
    // What was trained is kept all the same: at least by the host that failed, which had every other of the seven files.
    const numbers = numbersOf(execution);
    deepEqual(numbers.filter((number) => number % 2 === 1).sort(), [1, 3, 5]);
  });

  it("refuses an empty prefix and a bucket that is not there", async () => {
    for (const [DataUri, reason] of [
      [`s3://${BUCKET}/nothing/`, /No S3 objects found under S3 URL "s3:\/\/fleet-bucket\/nothing\/"/],
      ["s3://nowhere/data/", /NoSuchBucket/],
      ["https://example.org/data", /is no address of S3/],
    ] as const) {
      const execution = fleet.execute("Fleet", { parameters: { ...PARAMETERS, DataUri } });
      await execution.finished;
      deepEqual(stepsOf(execution), { Split: "Failed" });
      match(execution.steps[0]?.failureReason ?? "", reason);
    }
  });

  it("reads an input through an access point's alias, as any client does", async () => {
    const parameters = { ...PARAMETERS, DataUri: `s3://${fleet.alias}/data/` };
    const execution = fleet.execute("Fleet", { parameters });
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    equal(fleet.keys(`runs/${execution.id}/series/`).length, 7);
  });

  it("says which program it looked for when none stands for the image", async () => {
    const execution = fleet.execute("Fleet", { parameters: { ...PARAMETERS, ImageUri: "registry:5000/team/other:1" } });
    await execution.finished;
    match(
      execution.steps[0]?.failureReason ?? "",
      /image registry:5000\/team\/other:1 .*dist.containers.other.main\.js/,
    );
  });

  it("starts an interrupted job again from its checkpoints", async () => {
    const execution = fleet.execute("Slow");
    // Files are dealt to the two hosts by turns: both are told to end when they can hear it.
    await until(() => new Set(numbersOf(execution).map((number) => number % 2)).size === 2);
    equal(await execution.interrupt({ hosts: ["algo-2"] }), true);
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    equal(execution.interruptions, 1);
    equal(fleet.keys(`runs/${execution.id}/models/`).length, 7);
    const counts = logged(fleet, execution.id);
    equal(counts.length, 4);
    ok(
      counts.slice(2).every(({ restored }) => restored > 0),
      JSON.stringify(counts),
    );
    equal(
      counts.reduce((sum, { trained }) => sum + trained, 0),
      7,
      "what was done is not done again",
    );
  });

  it("loses what was not uploaded when machines vanish, and makes it anew", async () => {
    const execution = fleet.execute("Slow");
    await until(() => fleet.keys(`runs/${execution.id}/models/`).length > 0);
    equal(await execution.interrupt({ graceSeconds: 0 }), true);
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    equal(fleet.keys(`runs/${execution.id}/models/`).length, 7);
  });

  it("interrupts as often as it is asked to, at times that a seed decides", async () => {
    await fleet.put("many/data.csv", `customer_id\n${Array.from({ length: 40 }, (_, index) => index).join("\n")}\n`);
    const parameters = { ...PARAMETERS, DataUri: `s3://${BUCKET}/many/` };
    const execution = fleet.execute("Slow", { parameters, interruptions: { count: 2, seed: 7 } });
    await execution.finished;
    equal(execution.status, "Succeeded", execution.failureReason);
    equal(execution.interruptions, 2);
    equal(await execution.interrupt(), false);
  });

  it("stops what runs, and starts nothing more", async () => {
    const execution = fleet.execute("Slow");
    await until(() => fleet.keys(`runs/${execution.id}/models/`).length > 0);
    const stopped = execution.stop();
    equal(execution.status, "Stopping");
    await stopped;
    equal(execution.status, "Stopped");
    deepEqual(stepsOf(execution), { Split: "Succeeded", Train: "Stopped" });
  });

  it("kills what does not end within the grace", async () => {
    const execution = fleet.execute("Stubborn", { graceSeconds: 0.3 });
    await until(() => execution.steps[1]?.job?.describe()["SecondaryStatus"] === "Training");
    await delay(300);
    const started = performance.now();
    await execution.stop();
    ok(performance.now() - started < 4000);
    equal(execution.status, "Stopped");
  });

  it("ends a job that runs longer than it may", async () => {
    const execution = fleet.execute("Short", { graceSeconds: 0.2 });
    await execution.finished;
    equal(execution.steps[1]?.failureReason, "MaxRuntimeExceeded: the job ran longer than its 1 seconds");
  });

  it("leaves no folder of a job behind", async () => {
    const executions = fleet.plane.all(LocalPipeline).flatMap((pipeline) => pipeline.executions);
    await Promise.all(executions.map(({ removed }) => removed));
    deepEqual(await readdir(path.join(fleet.plane.folder, "jobs")), []);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !isSo(); await delay(5)) ok(Date.now() < end, "it did not happen in time");
}

/** What the instances of an execution's training said at their ends. */
function logged(fleet: PipelinePlane, execution: string): { host: string; trained: number; restored: number }[] {
  return fleet.plane.recentLog.flatMap((line) => {
    const json = line.includes(execution) ? /\{.*\}$/.exec(line)?.[0] : undefined;
    return json === undefined ? [] : [JSON.parse(json)];
  });
}
