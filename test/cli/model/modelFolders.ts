import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import type { ArchivedFramework } from "../../../cli/model/modelLayout";

/** Files of a model by path; undefined takes one out of those that are added to. */
export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

/** Writes files into a folder. */
export function writeFiles(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const empty = new Uint8Array();

/** What torch.jit.save and torch.save write, as far as names go. */
export const TORCHSCRIPT = zipSync({
  "model/data.pkl": empty,
  "model/constants.pkl": empty,
  "model/code/__torch__.py": empty,
});
export const TORCH_PICKLE = zipSync({ "archive/data.pkl": empty, "archive/data/0": empty });

const SAVED_MODEL = Uint8Array.from([0x08, 0x01, 0x12, 0x00]);
const ONNX = Uint8Array.from([0x08, 0x09]);
const SAFETENSORS = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("{}")]);
const PARAMETERS = Uint8Array.from([0x12, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]);
const MODEL_FN = "def model_fn(model_dir):\n    return None\n";

/** A model that each image serves, without anything that is unwise. */
export const VALID: Readonly<Record<ArchivedFramework, Files>> = {
  tensorflow: {
    "1/saved_model.pb": SAVED_MODEL,
    "1/variables/variables.index": "index",
    "1/variables/variables.data-00000-of-00001": "data",
    "code/inference.py":
      "def input_handler(data, context):\n    pass\n\ndef output_handler(data, context):\n    pass\n",
  },
  pytorch: { "weights/model.safetensors": SAFETENSORS, "code/inference.py": MODEL_FN },
  huggingface: {
    "config.json": '{"architectures": ["BertForSequenceClassification"]}',
    "model.safetensors": SAFETENSORS,
    "tokenizer.json": "{}",
  },
  mxnet: {
    "model-symbol.json": '{"nodes": [{}]}',
    "model-0000.params": PARAMETERS,
    "model-shapes.json": '[{"name": "data", "shape": [1, 10]}]',
  },
  sklearn: { "model.json": "{}", "code/inference.py": `${MODEL_FN}\ndef predict_fn(data, model):\n    pass\n` },
  onnx: { "classifier/1/model.onnx": ONNX, "classifier/config.pbtxt": 'name: "classifier"\nbackend: "onnxruntime"\n' },
};

/** A way in which a model is broken or unwise, and the one finding of it. */
export interface Broken {
  readonly what: string;
  readonly framework: ArchivedFramework;
  /** What differs from the valid one. */
  readonly files: Files;
  readonly file: string;
  readonly code: string;
}

const both = `${MODEL_FN}\ntransform_fn = None\ninput_fn = None\n`;

/** Models that no image serves. */
export const BROKEN: readonly Broken[] = [
  {
    what: "a version that is no number",
    framework: "tensorflow",
    files: { ...without("tensorflow", "1/"), "v1/saved_model.pb": SAVED_MODEL },
    file: "v1/saved_model.pb",
    code: "NoVersion",
  },
  {
    what: "a Keras file",
    framework: "tensorflow",
    files: { ...without("tensorflow", "1/"), "model.keras": "PK" },
    file: "model.keras",
    code: "NoSavedModel",
  },
  {
    what: "no model at all",
    framework: "tensorflow",
    files: without("tensorflow", "1/"),
    file: ".",
    code: "MissingFile",
  },
  {
    what: "a graph that is text",
    framework: "tensorflow",
    files: { "1/saved_model.pb": "not a graph" },
    file: "1/saved_model.pb",
    code: "NoSavedModel",
  },
  {
    what: "an empty graph",
    framework: "tensorflow",
    files: { "1/saved_model.pb": "" },
    file: "1/saved_model.pb",
    code: "NoSavedModel",
  },
  {
    what: "variables without their index",
    framework: "tensorflow",
    files: { "1/variables/variables.index": undefined },
    file: "1/variables/variables.index",
    code: "MissingFile",
  },
  {
    what: "half of the variables",
    framework: "tensorflow",
    files: {
      ...without("tensorflow", "1/variables/variables.data"),
      "1/variables/variables.data-00000-of-00002": "data",
    },
    file: "1/variables/variables.data-00001-of-00002",
    code: "MissingFile",
  },
  {
    what: "a script without handlers",
    framework: "tensorflow",
    files: { "code/inference.py": "def input_handler(data, context):\n    pass\n" },
    file: "code/inference.py",
    code: "MissingFunction",
  },
  {
    what: "a state dictionary without a script",
    framework: "pytorch",
    files: { ...without("pytorch", ""), "model.pth": TORCH_PICKLE },
    file: "model.pth",
    code: "NotTorchScript",
  },
  {
    what: "a file that is none of PyTorch's",
    framework: "pytorch",
    files: { ...without("pytorch", ""), "model.pt": "hello" },
    file: "model.pt",
    code: "NotTorchScript",
  },
  {
    what: "two files, neither of which is model.pt",
    framework: "pytorch",
    files: { ...without("pytorch", ""), "a.pth": TORCHSCRIPT, "b.pth": TORCHSCRIPT },
    file: ".",
    code: "MissingFile",
  },
  {
    what: "a file that is not at the top, without a script",
    framework: "pytorch",
    files: { ...without("pytorch", ""), "deep/model.pt": TORCHSCRIPT, "README.md": "" },
    file: ".",
    code: "MissingFile",
  },
  {
    what: "all of a request and its parts",
    framework: "pytorch",
    files: { "code/inference.py": both },
    file: "code/inference.py",
    code: "FunctionsExclude",
  },
  {
    what: "no configuration",
    framework: "huggingface",
    files: { "config.json": undefined },
    file: "config.json",
    code: "MissingFile",
  },
  {
    what: "a configuration that is no JSON",
    framework: "huggingface",
    files: { "config.json": "architectures:" },
    file: "config.json",
    code: "InvalidConfig",
  },
  {
    what: "no weights",
    framework: "huggingface",
    files: { "model.safetensors": undefined },
    file: ".",
    code: "MissingFile",
  },
  {
    what: "a part that its index names and that is not there",
    framework: "huggingface",
    files: { "model.safetensors.index.json": '{"weight_map": {"a": "model-00002-of-00002.safetensors"}}' },
    file: "model-00002-of-00002.safetensors",
    code: "MissingFile",
  },
  {
    what: "weights that are cut off",
    framework: "huggingface",
    files: { "model.safetensors": SAFETENSORS.subarray(0, 9) },
    file: "model.safetensors",
    code: "NotSafetensors",
  },
  {
    what: "no tokenizer",
    framework: "huggingface",
    files: { "tokenizer.json": undefined },
    file: ".",
    code: "MissingFile",
  },
  {
    what: "weights that Git LFS has not fetched",
    framework: "huggingface",
    files: {
      "model.safetensors": SAFETENSORS,
      "pytorch_model.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    },
    file: "pytorch_model.bin",
    code: "GitLfsPointer",
  },
  {
    what: "parameters of another epoch",
    framework: "mxnet",
    files: { "model-0000.params": undefined, "model-0010.params": PARAMETERS },
    file: "model-0000.params",
    code: "MissingFile",
  },
  {
    what: "no shapes",
    framework: "mxnet",
    files: { "model-shapes.json": undefined },
    file: "model-shapes.json",
    code: "MissingFile",
  },
  {
    what: "shapes that are an object",
    framework: "mxnet",
    files: { "model-shapes.json": '{"data": [1, 10]}' },
    file: "model-shapes.json",
    code: "InvalidConfig",
  },
  {
    what: "a network that is no JSON",
    framework: "mxnet",
    files: { "model-symbol.json": "symbol" },
    file: "model-symbol.json",
    code: "InvalidConfig",
  },
  {
    what: "parameters that are text",
    framework: "mxnet",
    files: { "model-0000.params": "weights" },
    file: "model-0000.params",
    code: "NotParameters",
  },
  {
    what: "no script",
    framework: "sklearn",
    files: { "code/inference.py": undefined },
    file: "code/inference.py",
    code: "MissingFile",
  },
  {
    what: "a script without model_fn",
    framework: "sklearn",
    files: { "code/inference.py": "def predict_fn(data, model):\n    pass\n" },
    file: "code/inference.py",
    code: "MissingFunction",
  },
  { what: "no model", framework: "sklearn", files: { "model.json": undefined }, file: ".", code: "MissingFile" },
  {
    what: "an empty model",
    framework: "sklearn",
    files: { "model.json": "" },
    file: "model.json",
    code: "Empty",
  },
  {
    what: "all of a request and its parts",
    framework: "sklearn",
    files: { "code/inference.py": both },
    file: "code/inference.py",
    code: "FunctionsExclude",
  },
  {
    what: "a bare model",
    framework: "onnx",
    files: { ...without("onnx", ""), "model.onnx": ONNX },
    file: "model.onnx",
    code: "NoVersion",
  },
  {
    what: "a configuration at the top",
    framework: "onnx",
    files: { "config.pbtxt": 'backend: "onnxruntime"' },
    file: "config.pbtxt",
    code: "NoModelFolder",
  },
  {
    what: "a model outside of a version's folder",
    framework: "onnx",
    files: { "classifier/1/model.onnx": undefined, "classifier/model.onnx": ONNX },
    file: "classifier/1/model.onnx",
    code: "MissingFile",
  },
  {
    what: "a configuration of another name",
    framework: "onnx",
    files: { "classifier/config.pbtxt": 'name: "resnet"\nbackend: "onnxruntime"\n' },
    file: "classifier/config.pbtxt",
    code: "OtherName",
  },
  {
    what: "a configuration without a backend",
    framework: "onnx",
    files: { "classifier/config.pbtxt": 'name: "classifier"\n' },
    file: "classifier/config.pbtxt",
    code: "NoBackend",
  },
  {
    what: "a model that is text",
    framework: "onnx",
    files: { "classifier/1/model.onnx": "PK" },
    file: "classifier/1/model.onnx",
    code: "NotOnnx",
  },
];

/** Models that images serve, and that one should think about. */
export const UNWISE: readonly Broken[] = [
  {
    what: "a folder of macOS",
    framework: "tensorflow",
    files: { "__MACOSX/1/._saved_model.pb": "x" },
    file: "__MACOSX/1/._saved_model.pb",
    code: "Leftover",
  },
  { what: "a repository", framework: "mxnet", files: { ".git/config": "" }, file: ".git/config", code: "Leftover" },
  { what: "an environment", framework: "sklearn", files: { ".env": "A=1" }, file: ".env", code: "SecretLike" },
  { what: "a private key", framework: "onnx", files: { "server.pem": "" }, file: "server.pem", code: "SecretLike" },
  {
    what: "a key of AWS in a script",
    framework: "sklearn",
    files: { "code/settings.py": 'KEY = "AKIAIOSFODNN7EXAMPLE"\n' },
    file: "code/settings.py",
    code: "SecretLike",
  },
  { what: "a pickle", framework: "sklearn", files: { "model.joblib": "x" }, file: "model.joblib", code: "Pickle" },
  {
    what: "an archive in the archive",
    framework: "huggingface",
    files: { "model.tar.gz": "x" },
    file: "model.tar.gz",
    code: "NotUnpacked",
  },
  {
    what: "packages that are fetched at the start",
    framework: "pytorch",
    files: { "code/requirements.txt": "numpy==2.0.0\n" },
    file: "code/requirements.txt",
    code: "NeedsNetwork",
  },
  {
    what: "a path of one machine",
    framework: "pytorch",
    files: { "code/settings.py": 'WEIGHTS = "/home/eva/model.pt"\n' },
    file: "code/settings.py",
    code: "OwnPath",
  },
  {
    what: "a GPU that is asked for",
    framework: "onnx",
    files: {
      "classifier/config.pbtxt": 'name: "classifier"\nbackend: "onnxruntime"\ninstance_group [{ kind: KIND_GPU }]\n',
    },
    file: "classifier/config.pbtxt",
    code: "GpuOnly",
  },
  {
    what: "no configuration of Triton's",
    framework: "onnx",
    files: { "classifier/config.pbtxt": undefined },
    file: "classifier/config.pbtxt",
    code: "NoConfig",
  },
  {
    what: "several models",
    framework: "tensorflow",
    files: {
      "other/1/saved_model.pb": SAVED_MODEL,
      "other/1/variables/variables.index": "",
      "other/1/variables/variables.data-00000-of-00001": "",
    },
    file: ".",
    code: "SeveralModels",
  },
  {
    what: "a task that the architecture does not tell",
    framework: "huggingface",
    files: { "config.json": '{"architectures": ["ViTForImageClassification"]}' },
    file: "config.json",
    code: "TaskNotTold",
  },
  {
    what: "a script that is not in code",
    framework: "mxnet",
    files: { "inference.py": MODEL_FN },
    file: "inference.py",
    code: "NotRead",
  },
];

/** Takes out every file of a valid model whose path begins so. */
function without(framework: ArchivedFramework, prefix: string): Files {
  const paths = Object.keys(VALID[framework]).filter((path) => path.startsWith(prefix));
  return Object.fromEntries(paths.map((path) => [path, undefined]));
}
