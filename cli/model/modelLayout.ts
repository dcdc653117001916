import type { ModelFindings } from "./modelFindings";
import type { ModelFolder } from "./modelFolder";

/** Frameworks whose archives are known. */
export const ArchivedFramework = {
  TensorFlow: "tensorflow",
  PyTorch: "pytorch",
  HuggingFace: "huggingface",
  Mxnet: "mxnet",
  ScikitLearn: "sklearn",
  Onnx: "onnx",
} as const;
export type ArchivedFramework = (typeof ArchivedFramework)[keyof typeof ArchivedFramework];

/** What a framework's image wants to find below `/opt/ml/model`. */
export interface ModelLayout {
  readonly framework: ArchivedFramework;
  /** Image that serves it. */
  readonly image: string;
  /** The layout in words, one entry a line. */
  readonly files: readonly string[];
  /** Public file that says so, and the commit at which it was read. */
  readonly source: string;
  /** ISO date of that commit. */
  readonly sourceDate: string;
  /** Environment variables without which the image does not find what is there. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Says what of a folder is not so. */
  check(folder: ModelFolder, findings: ModelFindings): void;
}
