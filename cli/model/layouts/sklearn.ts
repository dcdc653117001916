import { SCRIPT_ENVIRONMENT } from "../../../contracts/modelTuning";
import { SCRIPT, scriptNames } from "../inferenceScript";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";

const MODEL = /\.(joblib|pkl|pickle|skops|onnx|json)$/;

/** What SageMaker's container for scikit-learn serves: whatever the script loads. */
export const sklearn: ModelLayout = {
  framework: ArchivedFramework.ScikitLearn,
  image: "AWS's sagemaker-scikit-learn: framework sklearn",
  files: [
    "model.joblib, or what else the script loads",
    "code/inference.py: model_fn, and input_fn, predict_fn, output_fn or transform_fn as needed",
    "code/requirements.txt: optional",
  ],
  source:
    "aws/sagemaker-scikit-learn-container@eae7b6b: serving.py; amazon-archives/sagemaker-containers@526dda9: _env.py",
  sourceDate: "2026-07-14",
  environment: SCRIPT_ENVIRONMENT["sklearn"] ?? {},
  check(folder, findings): void {
    const names = scriptNames(folder);
    const parts = ["input_fn", "predict_fn", "output_fn"].filter((name) => names?.has(name));
    if (names === undefined) {
      findings.error(SCRIPT, "MissingFile", "is not there, and the image loads no model without its model_fn");
    } else if (!names.has("model_fn")) {
      findings.error(SCRIPT, "MissingFunction", "has no model_fn, and the image loads no model without it");
    }
    if (names?.has("transform_fn") && !names.has("*") && parts.length > 0) {
      findings.error(SCRIPT, "FunctionsExclude", `has transform_fn and ${parts.join(", ")}; allowed: one or the other`);
    }
    const models = folder.files.filter(({ path }) => MODEL.test(path) && !path.startsWith("code/"));
    if (models.length === 0) findings.error(".", "MissingFile", "has no model; wanted: model.joblib");
    for (const { path, bytes } of models) if (bytes === 0) findings.error(path, "Empty", "is empty");
    if (models.length > 0 && !folder.find("model.joblib") && models.every(({ path }) => path.includes("/"))) {
      findings.warning(models[0]?.path ?? ".", "NotAtTop", "is not at the top, where scripts look for model.joblib");
    }
  },
};
