import { deepEqual, throws } from "node:assert/strict";
import { ModelOutput } from "../../../contracts/classifierInput";
import { topLabels } from "../../../functions/classify/topLabels";

const LABELS = ["cat", "dog", "bird"];

describe("functions/classify/topLabels", () => {
  it("takes what a model rules out, and refuses what is no number instead of giving it a place", () => {
    const ruledOut = Float32Array.of(Number.NEGATIVE_INFINITY, 0, 0);
    deepEqual(topLabels(ruledOut, LABELS, 3, ModelOutput.Logits), [
      { label: "dog", score: 0.5 },
      { label: "bird", score: 0.5 },
      { label: "cat", score: 0 },
    ]);
    const none = [Float32Array.of(0.2, Number.NaN, 0.8), Float32Array.of(1, 2, Number.POSITIVE_INFINITY)];
    for (const scores of none) {
      throws(() => topLabels(scores, LABELS, 2, ModelOutput.Logits), { code: "ModelInvalid", status: 500 });
    }
    throws(() => topLabels(Float32Array.of(Number.NaN, 1, 0), LABELS, 2, ModelOutput.Probabilities), {
      code: "ModelInvalid",
    });
  });
});
