import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wasteCommand } from "../../../cli/commands/waste";
import { type WasteArguments, wastePlan } from "../../../cli/commands/wasteArguments";
import type { CannotRunError } from "../../../contracts/cannotRunError";
import { callCommand } from "./callCommand";
import { runCommand } from "./runCommand";

const STATE = "test/cli/pricing/waste/fixtures/state.json";

describe("frugal-ml waste", function () {
  this.timeout(120_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-waste-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("examines an exported stack, fails above what may be wasted, and prints no secret", async () => {
    const out = join(folder, "waste.json");
    const { exitCode, stdout, stderr } = await runCommand([
      "waste",
      "--state",
      STATE,
      "--fail-on",
      "100",
      "--format",
      "json",
      "--out",
      out,
    ]);
    assert.equal(exitCode, 1, stderr);
    assert.equal(stdout, "");
    const text = readFileSync(out, "utf8");
    const document = JSON.parse(text);
    assert.deepEqual([document.project, document.stack, document.failOn.over], ["shop", "prod", true]);
    assert.equal(document.findings[0].kind, "accelerated-serving");
    assert.doesNotMatch(text, /tok-9f3a77c1/);
    assert.doesNotMatch(stderr, /tok-9f3a77c1/);
  });

  it("passes below it", async () => {
    const { exitCode, stdout, stderr } = await callCommand(["waste", "--state", STATE, "--fail-on", "100000"]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /shop prod: \$[\d,.]+ of \$[\d,.]+ a month expected to be wasted/);
    assert.doesNotMatch(stdout, /tok-9f3a77c1/);
  });

  it("cannot examine what is not there", async () => {
    const args = ["--state", join(folder, "none.json")];
    await assert.rejects(wasteCommand().parseAsync(args, { from: "user" }), { name: "CannotRunError" });
  });

  describe("command line", () => {
    const plan = (given: Partial<WasteArguments>) => wastePlan({ format: "text", ...given });

    it("takes a state, a preview or a program", () => {
      assert.deepEqual(plan({ state: "a.json" }).source, { kind: "state", file: "a.json" });
      assert.deepEqual(plan({ preview: "b.json" }).source, { kind: "preview", file: "b.json" });
      assert.deepEqual(plan({ stack: "prod" }).source, { kind: "program", folder: ".", stack: "prod" });
      assert.equal(plan({ failOn: "99.5" }).failOn?.toString(), "99.5");
    });

    it("refuses everything that is wrong at once", () => {
      const given = { state: "a", program: "b", stack: "c", format: "pdf", failOn: "much", region: "Ireland" };
      assert.throws(
        () => plan(given),
        ({ code, message }: CannotRunError) => {
          assert.equal(code, "BadUsage");
          for (const option of ["--program, --state", "--stack", "--format", "--fail-on", "--region"])
            assert.ok(message.includes(`- ${option}: given`), `${option} in ${message}`);
          return true;
        },
      );
    });
  });
});
