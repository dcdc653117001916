import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { modelCommand } from "../../../cli/commands/model";
import { checkModel } from "../../../cli/model/checkModel";
import { MODEL_LAYOUTS } from "../../../cli/model/layouts/modelLayouts";
import type { ModelFolder } from "../../../cli/model/modelFolder";
import { ArchivedFramework, type ArchivedFramework as Framework } from "../../../cli/model/modelLayout";
import { type PackedModel, packModel } from "../../../cli/model/packModel";
import { captured } from "../commands/callCommand";
import { type Files, VALID, writeFiles } from "./modelFolders";

describe("a packed model", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-pack-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function pack(framework: Framework, name: string, files: Files): Promise<PackedModel> {
    const read: ModelFolder[] = [];
    await checkModel(MODEL_LAYOUTS[framework], writeFiles(join(folder, name), files), (one) => void read.push(one));
    const [model] = read;
    if (model === undefined) throw new Error("nothing was read");
    return await packModel(model, join(folder, `${name}.tar.gz`));
  }

  /** Runs the command and returns what it printed and the exit code it chose. */
  async function model(...args: string[]): Promise<{ readonly printed: string; readonly exitCode: unknown }> {
    const program = new Command().addCommand(modelCommand()).exitOverride();
    const { stdout: printed, exitCode } = await captured(() =>
      program.parseAsync(["model", ...args], { from: "user" }),
    );
    return { printed, exitCode };
  }

  for (const framework of Object.values(ArchivedFramework)) {
    it(`of ${framework} is judged as its folder is`, async () => {
      const { file } = await pack(framework, "model", VALID[framework]);
      const { findings, files } = await checkModel(MODEL_LAYOUTS[framework], file);
      deepEqual(findings, []);
      equal(files, Object.keys(VALID[framework]).length);
    });
  }

  it("has the same bytes whoever packs it, whenever, and in whatever order its files were made", async () => {
    const first = await pack("mxnet", "first", VALID.mxnet);
    const turned = Object.fromEntries(Object.entries(VALID.mxnet).reverse());
    writeFiles(join(folder, "second"), turned);
    for (const name of Object.keys(VALID.mxnet)) {
      utimesSync(join(folder, "second", name), 1, 1);
      chmodSync(join(folder, "second", name), 0o600);
    }
    const second = await pack("mxnet", "second", {});
    equal(second.sha256, first.sha256);
    equal(createHash("sha256").update(readFileSync(first.file)).digest("hex"), first.sha256);
    // Worked out once: another library, or another order, would give another sum.
    equal(first.sha256, "915620acfdfedda9aa6e77addc20774d876d964e88b1ebe752762406e066a244");
  });

  it("above 16 MB is stored, and is as reproducible and as readable by tar", async () => {
    const weights = randomBytes(17 * 1024 * 1024);
    const files = { ...VALID.mxnet, "extra/weights.bin": weights, [`${"long/".repeat(30)}näme`]: "x" };
    const first = await pack("mxnet", "first", files);
    const second = await pack("mxnet", "second", files);
    equal(second.sha256, first.sha256);
    const listed = execFileSync("tar", ["-tzf", first.file], { env: { ...process.env, LC_ALL: "C.UTF-8" } }).toString();
    equal(listed.trim().split("\n").length, Object.keys(files).length);
    const read = execFileSync("tar", ["-xzOf", first.file, "extra/weights.bin"], { maxBuffer: 2 ** 26 });
    equal(read.equals(weights), true);
    deepEqual((await checkModel(MODEL_LAYOUTS.mxnet, first.file)).findings, []);
  });

  it("replaces an older one only when it is whole", async () => {
    const { file, sha256 } = await pack("onnx", "model", VALID.onnx);
    const read: ModelFolder[] = [];
    await checkModel(MODEL_LAYOUTS.onnx, join(folder, "model"), (one) => void read.push(one));
    const [older] = read;
    rmSync(join(folder, "model", "classifier", "config.pbtxt"));
    await rejects(async () => older && (await packModel(older, file)), { code: "ArchiveNotWritten" });
    equal(createHash("sha256").update(readFileSync(file)).digest("hex"), sha256);
    deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("is written by the command, which tells its sum, and not when the image could not serve it", async () => {
    const out = join(folder, "model.tar.gz");
    const dir = writeFiles(join(folder, "model"), VALID.sklearn);
    const { printed, exitCode } = await model("pack", "--framework", "sklearn", dir, "--out", out);
    equal(exitCode, 0);
    match(printed, /The image needs in its environment SAGEMAKER_PROGRAM=inference\.py/);
    match(printed, /model\.tar\.gz: \d+ bytes, SHA-256 [0-9a-f]{64}\n$/);
    rmSync(out);
    rmSync(join(dir, "code", "inference.py"));
    const refused = await model("pack", "--framework", "sklearn", dir, "--out", out, "--json");
    equal(refused.exitCode, 1);
    equal(existsSync(out), false);
    const verdict: unknown = JSON.parse(refused.printed);
    deepEqual(Reflect.get(Object(verdict), "findings"), [
      {
        severity: "error",
        file: "code/inference.py",
        code: "MissingFile",
        message: "is not there, and the image loads no model without its model_fn",
      },
    ]);
    match((await model("validate", "--framework", "sklearn", dir)).printed, /^✗ code\/inference\.py {2}.*\nWanted:\n/);
  });

  it("is not written into its own folder, nor from what is none", async () => {
    const dir = writeFiles(join(folder, "model"), VALID.onnx);
    const pack = (place: string, out: string) => model("pack", "--framework", "onnx", place, "--out", out);
    await rejects(pack(dir, join(dir, "model.tar.gz")), /--out: given .*allowed: a file outside/);
    await rejects(pack(join(folder, "absent"), join(folder, "model.tar.gz")), /absent: there is no such folder/);
    await rejects(pack(dir, join(dir, "..model.tar.gz")), /--out: given .*allowed: a file outside/);
    symlinkSync(dir, join(folder, "link"));
    await rejects(
      pack(join(folder, "link"), join(dir, "new", "model.tar.gz")),
      /--out: given .*allowed: a file outside/,
    );
    await rejects(pack(dir, join(folder, "link", "model.tar.gz")), /--out: given .*allowed: a file outside/);
    deepEqual(readdirSync(dir), ["classifier"]);
  });

  it("makes missing folders, and says what keeps it from being written", async () => {
    const dir = writeFiles(join(folder, "model"), VALID.onnx);
    const out = join(folder, "dist", "models", "model.tar.gz");
    equal((await model("pack", "--framework", "onnx", dir, "--out", out)).exitCode, 0);
    await rejects(model("pack", "--framework", "onnx", dir, "--out", join(out, "deeper.tar.gz")), {
      code: "ArchiveNotWritten",
      message: /deeper\.tar\.gz cannot be written: /,
    });
  });

  it("with a warning fails only when warnings are to", async () => {
    const dir = writeFiles(join(folder, "model"), { ...VALID.onnx, ".DS_Store": "" });
    equal((await model("validate", "--framework", "onnx", dir)).exitCode, 0);
    equal((await model("validate", "--framework", "onnx", dir, "--strict")).exitCode, 1);
  });
});
