import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { sourceArguments } from "../compiled/sourceArguments";
import { changesIn, countsIn, findPulumi, packsIn } from "./pulumiCli";

const UPDATE = `Previewing update (prod):
Policies:
    ✅ frugal-ml-graviton@v0.1.0 (local: policy/graviton)

Resources:
    + 2 to create
Updating (prod):
Policies:
    ✅ frugal-ml-graviton@v0.1.0 (local: policy/graviton)
    ❌ frugal-ml-guardrails@v0.1.0 (local: policy/guardrails)

Resources:
    + 2 created
    ~ 1 updated
    +-3 replaced
    6 changes. 10 unchanged

Duration: 5s
`;

describe("the engine's output", () => {
  it("is counted by its last summary", () => {
    deepEqual(countsIn(UPDATE), { created: 2, updated: 1, replaced: 3, changes: 6 });
    deepEqual(countsIn("Resources:\n    14 unchanged\n"), { unchanged: 14 });
    deepEqual(countsIn("error: no such stack"), {});
  });

  it("says what a preview would change, a replacement as one thing", () => {
    const step = (op: string, name: string) => ({
      op,
      urn: `urn:pulumi:dev::frugal-ml::aws:s3/bucket:Bucket::${name}`,
    });
    const steps = [
      step("same", "a"),
      step("update", "c"),
      step("create-replacement", "b"),
      step("replace", "b"),
      step("delete-replaced", "b"),
      { op: "update", urn: "urn:pulumi:dev::frugal-ml::frugal-ml:index:ContainerImage::d" },
    ];
    deepEqual(changesIn(JSON.stringify({ steps, changeSummary: { same: 1 } })), ["replace b", "update c"]);
  });

  it("says which packs ran", () => {
    equal(packsIn(UPDATE), 2);
    equal(packsIn("Resources:\n    1 created"), 0);
  });
});

describe("engine tests without an engine", () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [...sourceArguments(), path.join(__dirname, "main.ts"), ...args], {
      cwd: path.resolve(__dirname, "../.."),
      env: { ...process.env, PATH: "/nowhere" },
    });

  it("find nothing where nothing is", () => equal(findPulumi(`/nowhere${path.delimiter}`), undefined));

  it("say so and end with 2", async () => {
    await rejects(run(), (error: NodeJS.ErrnoException & { stderr?: string }) => {
      equal(error.code, 2);
      match(error.stderr ?? "", /^The engine tests did not run: there is no pulumi on PATH\./m);
      return true;
    });
  });

  it("name the stacks there are", async () => {
    await rejects(run("staging"), { code: 2, stderr: /^no stack staging; allowed: dev, local, prod$/m });
  });
});
