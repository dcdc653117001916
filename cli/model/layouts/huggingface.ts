import * as z from "zod";
import { checkToolkitScript, scriptNames } from "../inferenceScript";
import type { ModelFindings } from "../modelFindings";
import type { ModelFolder } from "../modelFolder";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";

const Config = z.object({ architectures: z.array(z.string()).optional(), auto_map: z.unknown().optional() });
const Index = z.object({ weight_map: z.record(z.string(), z.string()) });

/** Weights that Transformers finds at the top. */
const WEIGHTS =
  /^(model|pytorch_model|tf_model|flax_model)(-\d+-of-\d+)?\.(safetensors|bin|h5|msgpack)$|^adapter_model\.(safetensors|bin)$/;

/** Any of these is enough to make a tokenizer. */
const TOKENIZERS = [
  "tokenizer.json",
  "vocab.txt",
  "vocab.json",
  "spiece.model",
  "sentencepiece.bpe.model",
  "tokenizer.model",
];

/** Preprocessors of pictures and sound, which take the tokenizer's place. */
const PREPROCESSORS = ["preprocessor_config.json", "processor_config.json"];

/** Ends of architectures from whose names the toolkit tells the task (transformers_utils.py, ARCHITECTURES_2_TASK). */
const TOLD_BY_NAME = [
  "TapasForQuestionAnswering",
  "ForQuestionAnswering",
  "ForTokenClassification",
  "ForSequenceClassification",
  "ForMultipleChoice",
  "ForMaskedLM",
  "ForCausalLM",
  "ForConditionalGeneration",
  "MTModel",
  "EncoderDecoderModel",
  "GPT2LMHeadModel",
  "T5WithLMHeadModel",
];

/** What Hugging Face's toolkit loads into a pipeline of Transformers. */
export const huggingface: ModelLayout = {
  framework: ArchivedFramework.HuggingFace,
  image: "AWS's huggingface-pytorch-inference: framework huggingface",
  files: [
    "config.json (or model_index.json of Diffusers)",
    "model.safetensors or pytorch_model.bin, in parts with their index",
    "the tokenizer's files (tokenizer.json, vocab.txt, …), or preprocessor_config.json",
    "code/inference.py and code/requirements.txt: optional",
  ],
  source: "aws/sagemaker-huggingface-inference-toolkit@69bc5ef: README.md, handler_service.py, transformers_utils.py",
  sourceDate: "2025-04-23",
  check(folder, findings): void {
    checkToolkitScript(folder, findings);
    // A script that loads the model by itself decides what is needed.
    if (scriptNames(folder)?.has("model_fn")) return;
    if (folder.find("model_index.json")) return;
    const config = folder.find("config.json");
    if (config === undefined) {
      const base = folder.find("adapter_config.json") ? ": an adapter needs the model it was made for beside it" : "";
      findings.error("config.json", "MissingFile", `is not there, so the toolkit cannot tell what to load${base}`);
    } else checkConfig(folder.json(config), findings);
    checkWeights(folder, findings);
    if (![...TOKENIZERS, ...PREPROCESSORS].some((name) => folder.find(name))) {
      const wanted = `one of ${TOKENIZERS.join(", ")}, or ${PREPROCESSORS[0]} for pictures and sound`;
      findings.error(".", "MissingFile", `has no tokenizer; wanted: ${wanted}`);
    }
  },
};

function checkConfig(json: unknown, findings: ModelFindings): void {
  const config = Config.safeParse(json);
  if (!config.success) {
    findings.error("config.json", "InvalidConfig", "is no configuration of Transformers: JSON with architectures");
    return;
  }
  const [architecture] = config.data.architectures ?? [];
  if (architecture === undefined || !TOLD_BY_NAME.some((end) => architecture.endsWith(end))) {
    const given = architecture === undefined ? "names no architecture" : `is of ${architecture}`;
    findings.warning(
      "config.json",
      "TaskNotTold",
      `${given}, which does not tell the task: set HF_TASK in environment`,
    );
  }
  if (config.data.auto_map !== undefined) {
    const runs = "so loading it runs Python code of the model's author, and needs HF_TRUST_REMOTE_CODE";
    findings.warning("config.json", "RemoteCode", `has auto_map, ${runs}`);
  }
}

function checkWeights(folder: ModelFolder, findings: ModelFindings): void {
  if (!folder.root.some(({ path }) => WEIGHTS.test(path))) {
    findings.error(".", "MissingFile", "has no weights at the top; wanted: model.safetensors or pytorch_model.bin");
  }
  for (const index of folder.root.filter(({ path }) => path.endsWith(".index.json"))) {
    const read = Index.safeParse(folder.json(index));
    if (!read.success) {
      findings.error(index.path, "InvalidConfig", "is no index of weights: JSON with weight_map");
      continue;
    }
    for (const part of new Set(Object.values(read.data.weight_map))) {
      if (!folder.find(part)) findings.error(part, "MissingFile", `is not there, and ${index.path} names it`);
    }
  }
  for (const file of folder.root.filter(({ path }) => path.endsWith(".safetensors"))) {
    // The length of a JSON header, then the header (huggingface/safetensors, README.md, Format).
    const head = folder.read(file, 0, 9);
    const whole = head.length === 9 && head.readBigUInt64LE(0) <= BigInt(file.bytes - 8) && head[8] === 0x7b;
    if (!whole) findings.error(file.path, "NotSafetensors", "is no file of safetensors, or is not whole");
  }
}
