import type { ModelFindings } from "../modelFindings";
import type { ModelFile, ModelFolder } from "../modelFolder";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";

const CONFIG = "config.pbtxt";

/** First byte of a model of ONNX: the tag of ir_version, its first field (onnx/onnx, onnx.proto). */
const IR_VERSION = 0x08;

/** Triton's model repository, which AWS's image of Triton serves; no image of AWS's other frameworks takes a bare `model.onnx`. */
export const onnx: ModelLayout = {
  framework: ArchivedFramework.Onnx,
  image: "AWS's sagemaker-tritonserver, by its digest as image",
  files: [
    "<model>/<number>/model.onnx",
    "<model>/config.pbtxt: backend onnxruntime; Triton makes one up when it is not there",
  ],
  source:
    "triton-inference-server/server@12cd9a4: docker/sagemaker/serve, docs/user_guide/model_repository.md; docs.aws.amazon.com/sagemaker/latest/dg/deploy-models-frameworks-triton.html",
  // The pages were read on this day; the commit's own is not known.
  sourceDate: "2026-11-26",
  check(folder, findings): void {
    if (folder.find(CONFIG))
      findings.error(
        CONFIG,
        "NoModelFolder",
        "is at the top, and the image does not start: put the model's folder around it",
      );
    for (const { path } of folder.root.filter((file) => file.path.endsWith(".onnx"))) {
      findings.error(
        path,
        "NoVersion",
        "is at the top; wanted: <model>/<number>/model.onnx, as in classifier/1/model.onnx",
      );
    }
    const models = folder.folders.filter((name) => folder.below(name).some(({ path }) => isModel(path)));
    if (models.length === 0 && !folder.root.some(({ path }) => path.endsWith(".onnx")))
      findings.error(".", "MissingFile", "has no model; wanted: <model>/<number>/model.onnx");
    if (folder.folders.length > 1) {
      const needs = "the image starts only with SAGEMAKER_TRITON_DEFAULT_MODEL_NAME, which names one of them";
      findings.warning(".", "SeveralModels", `has the folders ${folder.folders.join(", ")}: ${needs}`);
    }
    for (const name of models) checkModel(name, folder, findings);
  },
};

function isModel(path: string): boolean {
  return path.endsWith(".onnx") || path.endsWith(`/${CONFIG}`);
}

function checkModel(name: string, folder: ModelFolder, findings: ModelFindings): void {
  const files = folder.below(name);
  const config = folder.find(`${name}/${CONFIG}`);
  const text = config === undefined ? "" : folder.text(config);
  const field = (key: string): string | undefined => new RegExp(`(?:^|\\s)${key}\\s*:\\s*"([^"]*)"`).exec(text)?.[1];
  if (config === undefined)
    findings.warning(`${name}/${CONFIG}`, "NoConfig", "is not there: Triton makes one up, without batching");
  else checkConfig(config, name, field, findings);
  // Other backends have other files.
  if (config !== undefined && !/onnxruntime/.test(`${field("backend")} ${field("platform")}`)) return;
  const file = field("default_model_filename") ?? "model.onnx";
  const versions = files.filter(({ path }) => {
    const [version = "", ...rest] = path.slice(name.length + 1).split("/");
    return /^[1-9]\d*$/.test(version) && rest.join("/") === file;
  });
  if (versions.length === 0) {
    const other = files.find(({ path }) => path.endsWith(".onnx"));
    const where = other ? `; ${other.path} is elsewhere` : "";
    findings.error(`${name}/1/${file}`, "MissingFile", `is not there, and no other number has it${where}`);
  }
  for (const version of versions) {
    if (folder.read(version, 0, 1)[0] !== IR_VERSION)
      findings.error(version.path, "NotOnnx", "is no model of ONNX: it does not begin as its protocol buffer does");
  }
}

function checkConfig(
  { path }: ModelFile,
  folderName: string,
  field: (key: string) => string | undefined,
  findings: ModelFindings,
): void {
  const name = field("name");
  if (name !== undefined && name !== folderName)
    findings.error(
      path,
      "OtherName",
      `names the model ${JSON.stringify(name)}; allowed: its folder's name, ${folderName}`,
    );
  const [backend, platform] = [field("backend"), field("platform")];
  if (backend === undefined && platform === undefined)
    findings.error(path, "NoBackend", 'names no backend; wanted: backend: "onnxruntime"');
  else if (backend !== "onnxruntime" && platform !== "onnxruntime_onnx")
    findings.warning(
      path,
      "OtherBackend",
      `is of ${backend ?? platform}, not of onnxruntime: what it needs is not checked`,
    );
}
