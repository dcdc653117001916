import path from "node:path";
import { type ClassifierInput, parseClassifierInput } from "../../contracts/classifierInput";
import { ROOT } from "../docs/markdown";
import { type PageSnippet, pageBlock, pageSpan, torchvisionInput } from "./pageSnippets";

/** Code of the page that makes `model.onnx`. */
export interface FrameworkRun {
  readonly name: string;
  /** Module beside this file with what the page takes for granted. */
  readonly network: "frozen_network" | "keras_network" | "pytorch_network";
  /** Run as Python, with that. */
  readonly python?: PageSnippet;
  /** Run by a shell, after it. */
  readonly shell?: PageSnippet;
  /** What the model expects of a picture, as the page says. */
  readonly input: ClassifierInput;
}

/** A framework, and what the page shows of it. */
export interface Framework {
  /** As the page's paragraph begins. */
  readonly name: string;
  /** Where its environment lies, from the repository's root, and the file with its packages. */
  readonly venv: string;
  readonly requirements: string;
  readonly runs: readonly FrameworkRun[];
}

/** What the page shows and is not run, and why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "classify_image_graph_def.pb":
    "it would be downloaded, and not from PyPI; the page's command converts a small graph with the same names instead",
};

/**
 * Everything that the page shows of other frameworks.
 * @throws Error when the page does not show it
 */
export function frameworks(): readonly Framework[] {
  const input = parseClassifierInput();
  const fromSaved = pageBlock("sh", "--saved-model");
  const keras = { network: "keras_network", input } as const;
  return [
    {
      name: "Keras and TensorFlow",
      // That of the example's training, which needs the same.
      venv: path.join(ROOT, ".build", "classifier", "venv"),
      requirements: path.join(ROOT, "examples", "classifier", "requirements.txt"),
      runs: [
        { ...keras, name: "a model of Keras", python: pageBlock("python", "tf2onnx.convert.from_function") },
        { ...keras, name: "a model that Keras exported", python: pageSpan("model.export("), shell: fromSaved },
        { ...keras, name: "a model that TensorFlow saved", python: pageSpan("tf.saved_model.save("), shell: fromSaved },
        {
          name: "a frozen graph of TensorFlow 1",
          network: "frozen_network",
          shell: pageSpan("python -m tf2onnx.convert --graphdef"),
          input,
        },
      ],
    },
    {
      name: "PyTorch",
      venv: path.join(ROOT, ".build", "frameworks", "pytorch"),
      requirements: path.join(__dirname, "requirements.txt"),
      runs: [
        {
          name: "a model of PyTorch",
          network: "pytorch_network",
          python: pageBlock("python", "torch.onnx.export"),
          input: parseClassifierInput(torchvisionInput()),
        },
      ],
    },
  ];
}
