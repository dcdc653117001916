import { deepEqual, equal, notEqual, rejects, throws } from "node:assert/strict";
import { InvalidInputError } from "../../../contracts/problems";
import { type FleetSettings, fleetSettings } from "../../../functions/fleet/fleetSettings";
import { startMetrics } from "../../../functions/fleet/startMetrics";
import { startRun } from "../../../functions/fleet/startRun";
import { HASH, HandmadeSet } from "../../cli/derived/handmadeSet";
import { extractMetrics } from "../normalize/embeddedMetricFormat";
import { PipelineDouble } from "./pipelineDouble";

const SETTINGS: FleetSettings = {
  pipeline: "frugal-ml-dev-forecast",
  parameters: { FleetUri: "s3://forecast/", ImageUri: "forecast@sha256:0a" },
  completeness: undefined,
};
const NOON = { time: "2026-11-01T12:00:00Z" };

describe("functions/fleet: starting a run", function () {
  this.timeout(20_000);
  let set: HandmadeSet;
  let double: PipelineDouble;

  beforeEach(async () => {
    set = await HandmadeSet.start();
    double = await PipelineDouble.start();
  });

  afterEach(async () => {
    await double.stop();
    await set.stop();
  });

  const start = (event: unknown, settings = SETTINGS) =>
    startRun(event, settings, { sagemaker: double.client, s3: set.client });
  const finish = (status: string): void => {
    for (const execution of double.executions) execution.status = status;
  };

  it("starts with every parameter", async () => {
    const { started, executionArn, reason } = await start(NOON);
    const [execution, ...others] = double.executions;
    deepEqual([started, executionArn, reason], [true, execution?.arn, undefined]);
    deepEqual([execution?.parameters, others], [SETTINGS.parameters, []]);
  });

  it("does not start while a run is going on or stopping, and says which", async () => {
    await start(NOON);
    for (const status of ["Executing", "Stopping"]) {
      finish(status);
      const executionArn = double.executions[0]?.arn;
      deepEqual(await start({ time: "2026-11-02T12:00:00Z" }), { started: false, reason: "Overlap", executionArn });
    }
    equal(double.executions.length, 1);
  });

  it("starts again after a run that is over, however it ended", async () => {
    const over = ["Succeeded", "Failed", "Stopped"];
    for (const [day, status] of over.entries()) {
      equal((await start({ time: `2026-11-0${day + 1}T12:00:00Z` })).started, true);
      finish(status);
    }
    equal(double.executions.length, over.length);
  });

  it("starts one run for a scheduled time, called however often, and one for each call by hand", async () => {
    const first = await start(NOON);
    finish("Succeeded");
    deepEqual(await start(NOON), first);
    equal(double.executions.length, 1);
    const second = await start({});
    finish("Succeeded");
    const third = await start(null);
    notEqual(second.executionArn, third.executionArn);
    equal(double.executions.length, 3);
  });

  it("gives pipelines of the same time different tokens", async () => {
    await start(NOON);
    finish("Succeeded");
    await start(NOON, { ...SETTINGS, pipeline: "frugal-ml-dev-other" });
    equal(double.executions.length, 2);
  });

  it("waits for a derived set, and says how its originals stand", async () => {
    const settings = { ...SETTINGS, completeness: { source: "originals", derived: "derived", hash: HASH } };
    const etag = await set.original("a.jpg");
    await set.original("b.jpg");
    await set.derived("a.jpg", etag);
    const counts = { current: 1, placeholder: 0, missing: 1, stale: 0, orphan: 0, quarantined: 0 };
    deepEqual(await start(NOON, settings), { started: false, reason: "Incomplete", counts });
    equal(double.executions.length, 0);
    await set.derived("b.jpg", await set.original("b.jpg"));
    equal((await start(NOON, settings)).started, true);
  });

  it("is held up by an original in quarantine, unless that is accepted", async () => {
    const completeness = { source: "originals", derived: "derived", hash: HASH };
    await set.derived("a.jpg", await set.original("a.jpg"), { "frugal-ml-code": "CorruptImage" });
    equal((await start(NOON, { ...SETTINGS, completeness })).reason, "Incomplete");
    const accepting = { ...completeness, allowQuarantined: true };
    equal((await start(NOON, { ...SETTINGS, completeness: accepting })).started, true);
  });

  it("looks at nothing derived while a run is going on", async () => {
    await start(NOON);
    const completeness = { source: "no-such-bucket", derived: "derived", hash: HASH };
    equal((await start({}, { ...SETTINGS, completeness })).reason, "Overlap");
  });

  it("throws what fails, and starts nothing then", async () => {
    await rejects(start("now"), InvalidInputError);
    await rejects(start({ time: 5 }), InvalidInputError);
    const completeness = { source: "no-such-bucket", derived: "derived", hash: HASH };
    await rejects(start(NOON, { ...SETTINGS, completeness }), { name: "NoSuchBucket" });
    equal(double.executions.length, 0);
  });
});

describe("functions/fleet: settings and metrics", () => {
  it("are read from the environment", () => {
    const environment = {
      FRUGAL_ML_PIPELINE: SETTINGS.pipeline,
      FRUGAL_ML_PIPELINE_PARAMETERS: JSON.stringify(SETTINGS.parameters),
    };
    deepEqual(fleetSettings(environment), SETTINGS);
    const completeness = { source: "originals", derived: "derived", hash: HASH };
    deepEqual(fleetSettings({ ...environment, FRUGAL_ML_COMPLETENESS: JSON.stringify(completeness) }), {
      ...SETTINGS,
      completeness,
    });
  });

  it("are refused with every problem at once", () => {
    throws(
      () => fleetSettings({ FRUGAL_ML_PIPELINE_PARAMETERS: "[1]", FRUGAL_ML_COMPLETENESS: '{"hash":"v1"}' }),
      (error) => {
        if (!(error instanceof InvalidInputError)) throw error;
        deepEqual(
          error.problems.map(({ property, given }) => `${property}: ${given}`),
          [
            "FRUGAL_ML_PIPELINE: nothing",
            'FRUGAL_ML_PIPELINE_PARAMETERS: "[1]"',
            'FRUGAL_ML_COMPLETENESS: "{\\"hash\\":\\"v1\\"}"',
          ],
        );
        return true;
      },
    );
  });

  it("count what was started and what was skipped, by function", () => {
    process.env["AWS_LAMBDA_FUNCTION_NAME"] = "forecast-start-function";
    try {
      const metrics = (started: boolean) =>
        extractMetrics(JSON.stringify({ started, ...startMetrics({ started }) })).map(({ name, value }) => [
          name,
          value,
        ]);
      deepEqual(metrics(true), [
        ["RunsStarted", 1],
        ["RunsSkipped", 0],
      ]);
      deepEqual(metrics(false), [
        ["RunsStarted", 0],
        ["RunsSkipped", 1],
      ]);
      const [{ dimensions } = { dimensions: {} }] = extractMetrics(JSON.stringify(startMetrics({ started: true })));
      deepEqual(dimensions, { FunctionName: "forecast-start-function" });
    } finally {
      delete process.env["AWS_LAMBDA_FUNCTION_NAME"];
    }
  });
});
