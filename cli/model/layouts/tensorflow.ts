import { SCRIPT, scriptNames } from "../inferenceScript";
import type { ModelFindings } from "../modelFindings";
import type { ModelFile, ModelFolder } from "../modelFolder";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";

const SAVED_MODEL = "saved_model.pb";

/** First bytes of a SavedModel's protocol buffer: the tag of its schema version, or of its first graph. */
const FIRST_TAGS = [0x08, 0x12];

/** TensorFlow Serving's layout, as SageMaker's container looks for it. */
export const tensorflow: ModelLayout = {
  framework: ArchivedFramework.TensorFlow,
  image: "AWS's tensorflow-inference: framework tensorflow",
  files: [
    "<number>/saved_model.pb, or <model>/<number>/saved_model.pb for several",
    "<number>/variables/variables.index and variables.data-*",
    "code/inference.py (handler, or input_handler and output_handler), code/requirements.txt or code/lib/: optional",
  ],
  source: "aws/sagemaker-tensorflow-serving-container@da19256: README.md, tfs_utils.py, serve.py",
  sourceDate: "2023-09-13",
  check(folder, findings): void {
    const graphs = folder.files.filter(({ path }) => path.split("/").at(-1) === SAVED_MODEL);
    const versions = graphs.filter(({ path }) => /^\d+$/.test(path.split("/").at(-2) ?? ""));
    for (const graph of graphs.filter((one) => !versions.includes(one))) {
      findings.error(graph.path, "NoVersion", `is in no folder whose name is a number, as in 1/${SAVED_MODEL}`);
    }
    if (graphs.length === 0) missingGraph(folder, findings);
    for (const graph of versions) checkVersion(graph, folder, findings);
    const models = new Set(versions.map(({ path }) => path.split("/").slice(0, -2).join("/")));
    if (models.size > 1) {
      const names = [...models].map((name) => name || "the folder itself").join(", ");
      const asked = "SAGEMAKER_TFS_DEFAULT_MODEL_NAME says which one answers requests without tfs-model-name";
      findings.warning(".", "SeveralModels", `has ${models.size} models (${names}): ${asked}`);
    }
    checkScript(folder, findings);
  },
};

function missingGraph(folder: ModelFolder, findings: ModelFindings): void {
  const other = folder.files.find(({ path }) => /\.(keras|h5|hdf5|pbtxt|tflite|ckpt|meta)$/.test(path));
  if (other === undefined) {
    findings.error(
      ".",
      "MissingFile",
      `has no ${SAVED_MODEL}; wanted: <number>/${SAVED_MODEL}, as in 1/${SAVED_MODEL}`,
    );
    return;
  }
  const how = "export it as a SavedModel, in Keras by model.export('1')";
  findings.error(other.path, "NoSavedModel", `is no SavedModel, and TensorFlow Serving loads nothing else: ${how}`);
}

function checkVersion(graph: ModelFile, folder: ModelFolder, findings: ModelFindings): void {
  const [first] = folder.read(graph, 0, 1);
  if (first === undefined || !FIRST_TAGS.includes(first)) {
    findings.error(graph.path, "NoSavedModel", "is no SavedModel: it does not begin as its protocol buffer does");
  }
  const version = graph.path.slice(0, -SAVED_MODEL.length - 1);
  const variables = folder.below(`${version}/variables`).map(({ path }) => path.slice(version.length + 1));
  const index = "variables/variables.index";
  const parts = variables.flatMap((name) => {
    const [, number, count] = /^variables\/variables\.data-(\d+)-of-(\d+)$/.exec(name) ?? [];
    return number === undefined ? [] : [{ number: Number(number), count: Number(count) }];
  });
  if (variables.length === 0) {
    findings.warning(
      `${version}/variables`,
      "NoVariables",
      "is not there, which is right only for a model without any",
    );
    return;
  }
  if (!variables.includes(index))
    findings.error(`${version}/${index}`, "MissingFile", "is not there, so the variables cannot be found");
  const count = parts[0]?.count ?? 1;
  for (let number = 0; number < Math.min(count, 1000); number++) {
    if (parts.some((part) => part.number === number && part.count === count)) continue;
    const digits = (value: number): string => String(value).padStart(5, "0");
    const name = `variables/variables.data-${digits(number)}-of-${digits(count)}`;
    findings.error(`${version}/${name}`, "MissingFile", "is not there; the variables are not whole without it");
  }
}

function checkScript(folder: ModelFolder, findings: ModelFindings): void {
  const names = scriptNames(folder);
  if (names && !names.has("handler") && !(names.has("input_handler") && names.has("output_handler"))) {
    findings.error(SCRIPT, "MissingFunction", "has neither handler nor both input_handler and output_handler");
  }
}
