import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaptureOptions, captureGraph } from "../../../cli/graph/captureGraph";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { stillRunning } from "../isRunning";

const FIXTURES = join(__dirname, "fixtures");

describe("capture of a program that cannot be captured", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-capture-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function failure(options: Partial<CaptureOptions> & { readonly program: string }): Promise<CannotRunError> {
    const error: unknown = await captureGraph({ stack: "dev", mode: "preview", ...options }).then(
      () => assert.fail("captured"),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof CannotRunError, String(error));
    return error;
  }

  function project(files: Readonly<Record<string, string>>): string {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  }

  it("shows what the program throws, with its stack and without colours", async () => {
    const { code, message } = await failure({ program: join(FIXTURES, "throws") });
    assert.equal(code, "ProgramFailed");
    assert.match(message, /Error: no settings for this environment\n {4}at readSettings \(.*throws\/index\.ts:6:9\)/);
    assert.ok(!message.includes("\u001b"), message);
  });

  it("ends a program that never does, and everything it started", async () => {
    const pidFile = join(folder, "pids");
    process.env["FRUGAL_ML_TEST_PID_FILE"] = pidFile;
    try {
      // On a busy machine a program may take longer than that to begin.
      for (let timeoutSeconds = 3; !existsSync(pidFile); timeoutSeconds *= 2) {
        const { code } = await failure({ program: join(FIXTURES, "endless"), timeoutSeconds });
        assert.equal(code, "ProgramTimedOut");
      }
    } finally {
      delete process.env["FRUGAL_ML_TEST_PID_FILE"];
    }
    const pids = readFileSync(pidFile, "utf8").split(" ").map(Number);
    assert.equal(pids.length, 2);
    assert.deepEqual(await stillRunning(pids, 1000), []);
  });

  it("names the stacks there are when one is asked for that is not", async () => {
    const program = project({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config: {}\n",
      "Pulumi.prod.yaml": "config: {}\n",
    });
    const { code, message } = await failure({ program, stack: "qa" });
    assert.equal(code, "StackNotFound");
    assert.match(message, /no stack qa.*stacks: dev, prod$/);
  });

  it("names configuration that the project declares and nobody gives", async () => {
    const program = project({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nconfig:\n  size:\n    type: integer\n  name:\n    default: x\n",
    });
    const { code, message } = await failure({ program });
    assert.equal(code, "ConfigMissing");
    assert.match(message, /shop:size \(integer\)$/);
  });

  it("refuses what is not a Node.js project, naming what is wrong", async () => {
    assert.equal((await failure({ program: folder })).code, "ProjectNotFound");
    project({ "Pulumi.yaml": "name: shop\nruntime: python\n" });
    const runtime = await failure({ program: folder });
    assert.equal(runtime.code, "RuntimeNotSupported");
    assert.match(runtime.message, /runtime is python/);
    project({ "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: src\n" });
    assert.match((await failure({ program: folder })).message, /main is src, which does not exist/);
    project({ "Pulumi.yaml": "runtime: nodejs\n" });
    assert.match((await failure({ program: folder })).message, /name must be/);
    project({ "Pulumi.yaml": "name: [shop\n" });
    const yaml = await failure({ program: folder });
    assert.equal(yaml.code, "BadYaml");
    assert.match(yaml.message, /Pulumi\.yaml is not YAML: /);
  });

  it("says what is not installed", async () => {
    const { code, message } = await failure({ program: join(FIXTURES, "uninstalled") });
    assert.equal(code, "DependenciesMissing");
    assert.match(message, /never-published-by-anyone not found; run npm install/);
  });

  it("needs a provider to resolve anything", async () => {
    assert.equal((await failure({ program: folder, mode: "resolved" })).code, "ProviderMissing");
  });
});
