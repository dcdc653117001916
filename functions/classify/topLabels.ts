import { ModelOutput } from "../../contracts/classifierInput";
import { ClassifyError } from "./errors";

/** A label and how sure the model is of it. */
export interface ScoredLabel {
  readonly label: string;
  /** 0 to 1, to five decimals. */
  readonly score: number;
}

/**
 * The labels of the largest outputs, the largest first; equals in the order of the labels.
 * @param scores the model's output, one number a label
 * @param count how many; fewer when there are fewer labels
 * @throws ClassifyError ModelInvalid when an output is no number: it would have no place, nor a probability
 */
export function topLabels(
  scores: Float32Array,
  labels: readonly string[],
  count: number,
  output: ModelOutput,
): readonly ScoredLabel[] {
  const [scale, least] = output === ModelOutput.Logits ? softmaxTerms(scores) : [1, 0];
  // Of logits the largest may be infinite, which leaves no number of their softmax.
  if (scores.some(Number.isNaN) || Number.isNaN(scale)) {
    throw new ClassifyError("ModelInvalid", undefined, { cause: new Error("the output has what is no number") });
  }
  const probability = (score: number): number =>
    output === ModelOutput.Logits ? Math.exp(score - least) / scale : score;
  return [...scores.keys()]
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, count)
    .map((index) => ({
      label: labels[index] ?? String(index),
      score: Number(probability(scores[index] ?? 0).toFixed(5)),
    }));
}

/** The sum of exponentials, and what is taken from each exponent first, so that none overflows. */
function softmaxTerms(scores: Float32Array): readonly [sum: number, largest: number] {
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return [scores.reduce((sum, score) => sum + Math.exp(score - largest), 0), largest];
}
