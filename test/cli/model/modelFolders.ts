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

export const SAVED_MODEL = Uint8Array.from([0x08, 0x01, 0x12, 0x00]);
export const ONNX = Uint8Array.from([0x08, 0x09]);
export const SAFETENSORS = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("{}")]);
export const PARAMETERS = Uint8Array.from([0x12, 0x01, 0, 0, 0, 0, 0, 0, 0, 0]);
export const MODEL_FN = "def model_fn(model_dir):\n    return None\n";

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

/** Takes out every file of a valid model whose path begins so. */
export function without(framework: ArchivedFramework, prefix: string): Files {
  const paths = Object.keys(VALID[framework]).filter((path) => path.startsWith(prefix));
  return Object.fromEntries(paths.map((path) => [path, undefined]));
}
