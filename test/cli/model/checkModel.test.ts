import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARCHIVE_LIMITS } from "../../../cli/archive/archiveLimits";
import { checkModel, isServable } from "../../../cli/model/checkModel";
import { MODEL_LAYOUTS } from "../../../cli/model/layouts/modelLayouts";
import { ModelFindings } from "../../../cli/model/modelFindings";
import { ModelFolder } from "../../../cli/model/modelFolder";
import { ArchivedFramework } from "../../../cli/model/modelLayout";
import { withModel } from "../../../cli/model/withModel";
import { modelText } from "../../../cli/report/modelText";
import { archive, file, header } from "../archive/handmadeTar";
import { withTemporaries } from "../withTemporaries";
import { BROKEN } from "./brokenModels";
import { TORCHSCRIPT, VALID, writeFiles } from "./modelFolders";
import { UNWISE } from "./unwiseModels";

describe("a model's folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-models-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const framework of Object.values(ArchivedFramework)) {
    it(`of ${framework} is served as it is documented, and nothing is said of it`, async () => {
      const verdict = await checkModel(MODEL_LAYOUTS[framework], writeFiles(folder, VALID[framework]));
      deepEqual(verdict.findings, []);
      equal(verdict.files, Object.keys(VALID[framework]).length);
    });

    // TensorFlow Serving and Triton have a folder of the model's name around its versions themselves.
    if (framework !== "tensorflow" && framework !== "onnx") {
      it(`of ${framework} names the folder that is around it`, async () => {
        const files = Object.entries(VALID[framework]).map(([path, content]) => [`my-model/${path}`, content]);
        const { findings } = await checkModel(MODEL_LAYOUTS[framework], writeFiles(folder, Object.fromEntries(files)));
        deepEqual(
          findings.filter(({ severity }) => severity === "error").map(({ file: path, code }) => [path, code]),
          [["my-model", "FolderAround"]],
        );
      });
    }

    const broken = BROKEN.filter((one) => one.framework === framework);
    it(`of ${framework} is broken in at least three ways`, () => ok(broken.length >= 3));
    for (const { what, files, file: path, code } of broken) {
      it(`of ${framework} with ${what} is refused for ${path}`, async () => {
        const verdict = await checkModel(
          MODEL_LAYOUTS[framework],
          writeFiles(folder, { ...VALID[framework], ...files }),
        );
        const errors = verdict.findings.filter(({ severity }) => severity === "error");
        deepEqual(
          errors.map((finding) => [finding.file, finding.code]),
          [[path, code]],
        );
        equal(isServable(verdict), false);
      });
    }
  }

  for (const { what, framework, files, file: path, code } of UNWISE) {
    it(`with ${what} is served, with a warning`, async () => {
      const verdict = await checkModel(MODEL_LAYOUTS[framework], writeFiles(folder, { ...VALID[framework], ...files }));
      deepEqual(
        verdict.findings.map((finding) => [finding.severity, finding.file, finding.code]),
        [["warning", path, code]],
      );
    });
  }

  it("of PyTorch needs no script for TorchScript, whose file is named a pickle all the same", async () => {
    const verdict = await checkModel(MODEL_LAYOUTS.pytorch, writeFiles(folder, { "model.pt": TORCHSCRIPT }));
    deepEqual(
      verdict.findings.map(({ file: path, code }) => [path, code]),
      [["model.pt", "Pickle"]],
    );
  });

  it("has a script that begins with a byte order mark, which Python reads past", async () => {
    const marked = { "code/inference.py": "\ufeffdef model_fn(model_dir):\n    pass\n", "model.joblib": "x" };
    const { findings } = await checkModel(MODEL_LAYOUTS.sklearn, writeFiles(folder, marked));
    deepEqual(
      findings.filter(({ severity }) => severity === "error"),
      [],
    );
  });

  it("prints no secret that it finds", async () => {
    const files = { ...VALID.sklearn, "code/settings.py": 'KEY = "AKIAIOSFODNN7EXAMPLE"\n' };
    const { findings } = await checkModel(MODEL_LAYOUTS.sklearn, writeFiles(folder, files));
    ok(!JSON.stringify(findings).includes("AKIA"));
  });

  it("with links, pipes and names of other systems is refused, file by file", async () => {
    writeFiles(folder, { ...VALID.mxnet, "back\\slash.txt": "x" });
    symlinkSync("/etc/passwd", join(folder, "passwd"));
    symlinkSync("..", join(folder, "up"));
    mkdirSync(join(folder, "pipes"));
    execFileSync("mkfifo", [join(folder, "pipes", "pipe")]);
    const { findings } = await checkModel(MODEL_LAYOUTS.mxnet, folder);
    deepEqual(
      findings.map(({ file: path, code }) => [path, code]),
      [
        ["back\\slash.txt", "UnsafeName"],
        ["passwd", "UnsupportedEntry"],
        ["pipes/pipe", "UnsupportedEntry"],
        ["up", "UnsupportedEntry"],
      ],
    );
  });

  it("that is an archive of somebody's is unpacked with every limit, and removed again", async () => {
    const hostile = {
      UnsafeName: archive(file("../model.pt", "x")),
      UnsupportedEntry: archive(header({ name: "model.pt", type: "2", linkName: "/etc/passwd" })),
      InvalidGzip: Buffer.from("not gzip at all"),
      TooLarge: archive(file("model-0000.params", "\0".repeat(2000))),
    };
    const aside = mkdtempSync(join(tmpdir(), "frugal-ml-aside-"));
    for (const [code, bytes] of Object.entries(hostile)) {
      const place = join(folder, "model.tar.gz");
      writeFileSync(place, bytes);
      const findings = new ModelFindings();
      const limits = { ...ARCHIVE_LIMITS, bytes: 1000 };
      const looked = await withTemporaries(aside, () => withModel(place, findings, () => true, limits));
      equal(looked, undefined);
      deepEqual(
        findings.sorted.map((finding) => [finding.file, finding.code]),
        [[".", code]],
      );
    }
    deepEqual(readdirSync(aside), []);
    rmSync(aside, { recursive: true });
  });

  it("that is neither a folder nor a file is no model", async () => {
    let message = "";
    await checkModel(MODEL_LAYOUTS.onnx, join(folder, "absent")).catch((error: Error) => {
      message = error.message;
    });
    match(message, /absent: there is no such folder or archive/);
  });

  it("whose place cannot be looked at, or whose file is gone, is told without a stack", async () => {
    symlinkSync("loop", join(folder, "loop"));
    for (const place of ["loop", "n".repeat(300)]) {
      await rejects(checkModel(MODEL_LAYOUTS.onnx, join(folder, place)), {
        code: "FolderNotRead",
        message: /cannot be read: E/,
      });
    }
    const gone = { path: "gone", source: join(folder, "gone"), bytes: 1 };
    throws(() => new ModelFolder([gone]).read(gone, 0, 1), { code: "FolderNotRead", message: /gone cannot be read: / });
  });

  it("with names that are not UTF-8, or that move a terminal's cursor, is refused for each, and they are spelled", async () => {
    writeFiles(folder, { ...VALID.onnx, "\u001b[2Jred": "x" });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]), "x");
    const verdict = await checkModel(MODEL_LAYOUTS.onnx, folder);
    deepEqual(
      verdict.findings.map(({ file: path, code }) => [path, code]),
      [
        ["\u001b[2Jred", "UnsafeName"],
        ["caf\ufffd", "UnsafeName"],
      ],
    );
    ok(!modelText(folder, verdict).includes("\u001b"));
  });
});
