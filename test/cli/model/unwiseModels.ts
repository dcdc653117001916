import { type Broken, MODEL_FN, SAVED_MODEL } from "./modelFolders";

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
