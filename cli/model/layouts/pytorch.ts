import { checkToolkitScript, SCRIPT, scriptNames } from "../inferenceScript";
import type { ModelFindings } from "../modelFindings";
import type { ModelFolder } from "../modelFolder";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";
import { torchFileKind } from "../torchFile";

const WEIGHTS = /\.(pt|pth|bin|safetensors|ckpt|pkl|pte|onnx)$/;

/** What SageMaker's toolkit for PyTorch loads, with TorchServe around it. */
export const pytorch: ModelLayout = {
  framework: ArchivedFramework.PyTorch,
  image: "AWS's pytorch-inference: framework pytorch",
  files: [
    "model.pth or model.pt: one at the top, TorchScript unless the script loads it",
    "code/inference.py: model_fn, and input_fn, predict_fn, output_fn or transform_fn as needed; optional with TorchScript",
    "code/requirements.txt: optional",
  ],
  source:
    "aws/sagemaker-pytorch-inference-toolkit@cc8bf99: default_pytorch_inference_handler.py; aws/sagemaker-inference-toolkit@f79853d: transformer.py",
  sourceDate: "2024-10-07",
  check(folder, findings): void {
    checkToolkitScript(folder, findings);
    const names = scriptNames(folder);
    for (const { path } of folder.files.filter((file) => file.path.endsWith(".mar"))) {
      findings.warning(
        path,
        "NotUnpacked",
        "is TorchServe's own archive; the image serves the folder, and leaves it packed",
      );
    }
    if (names?.has("model_fn")) {
      if (folder.files.some(({ path }) => WEIGHTS.test(path))) return;
      findings.warning(".", "NoWeights", "has no file of weights; right only if model_fn finds them elsewhere");
      return;
    }
    checkDefault(folder, findings, names === undefined ? "without code/inference.py" : `without model_fn in ${SCRIPT}`);
  },
};

/** The image loads by itself `model.pt`, or else the one file of PyTorch's at the top, and only TorchScript. */
function checkDefault(folder: ModelFolder, findings: ModelFindings, why: string): void {
  const files = folder.root.filter(({ path }) => /\.(pt|pth)$/.test(path));
  const only = files.find(({ path }) => path === "model.pt") ?? (files.length === 1 ? files[0] : undefined);
  if (only === undefined) {
    const given = files.length === 0 ? "none" : files.map(({ path }) => path).join(", ");
    const deeper = folder.files.find(({ path }) => /\/[^/]+\.(pt|pth)$/.test(path));
    const hint = files.length === 0 && deeper ? `; ${deeper.path} is not at the top` : "";
    findings.error(
      ".",
      "MissingFile",
      `has ${given} of .pt or .pth at the top; ${why} the image loads exactly one${hint}`,
    );
    return;
  }
  const kind = torchFileKind(folder, only);
  if (kind === "torchscript") return;
  const what = kind === "pickle" ? "is what torch.save wrote" : "is no file of PyTorch's";
  const how = kind === "pickle" ? "; save it by torch.jit.save, or load it in model_fn" : "";
  findings.error(only.path, "NotTorchScript", `${what}; ${why} the image loads TorchScript only${how}`);
}
