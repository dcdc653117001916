import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FleetEnvironment } from "../../../contracts/fleetContainer";

const PROGRAM = path.resolve(__dirname, "../../../dist/containers/forecast/main.js");

describe("the container's program", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "frugal-ml-container-"));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (...args: readonly string[]): number | null =>
    spawnSync(process.execPath, [PROGRAM, ...args], { env: { [FleetEnvironment.Root]: root } }).status;
  const said = (file: string): string => readFileSync(path.join(root, "output", file), "utf8");

  it("tells a processing job's reason in output/message", () => {
    assert.equal(run("split"), 1);
    assert.equal(said("message"), "NoData: the dataset has 0 files, none of which ends with .csv or .csv.gz");
    assert.equal(run("publish"), 1);
    for (const name of [FleetEnvironment.Fleet, FleetEnvironment.Version, FleetEnvironment.FleetUri]) {
      assert.match(said("message"), new RegExp(`${name}: given nothing`));
    }
  });

  it("tells a training job's reason in output/failure, its first 1,024 characters", () => {
    mkdirSync(path.join(root, "input", "config"), { recursive: true });
    writeFileSync(path.join(root, "input", "config", "hyperparameters.json"), '{"workers":"none"}');
    assert.equal(run("train"), 1);
    assert.match(said("failure"), /hyperparameters\.workers: .*allowed: an integer from 1 to 512/);
    writeFileSync(path.join(root, "input", "config", "hyperparameters.json"), `{"workers":${"x".repeat(5000)}`);
    assert.equal(run("train"), 1);
    assert.ok(said("failure").length <= 1024);
  });

  it("refuses a command that it does not have", () => {
    assert.equal(run("serve-me"), 1);
    assert.equal(said("message"), "UnknownCommand: given serve-me; allowed: split, train, publish, serve");
  });
});
