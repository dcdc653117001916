import * as z from "zod";
import { checkToolkitScript, SCRIPT, scriptNames } from "../inferenceScript";
import type { ModelFindings } from "../modelFindings";
import type { ModelFolder } from "../modelFolder";
import { ArchivedFramework, type ModelLayout } from "../modelLayout";

const [SYMBOL, PARAMETERS, SHAPES] = ["model-symbol.json", "model-0000.params", "model-shapes.json"] as const;

const Symbols = z.object({ nodes: z.array(z.unknown()).min(1) });
const Shapes = z.array(z.object({ name: z.string(), shape: z.array(z.int()).min(1) })).min(1);

/** First bytes of a list of arrays: the magic number 0x112 in 64 bits (apache/mxnet, src/ndarray/ndarray.cc). */
const LIST_OF_ARRAYS = Buffer.from([0x12, 0x01, 0, 0, 0, 0, 0, 0]);

/** What SageMaker's toolkit for MXNet loads. */
export const mxnet: ModelLayout = {
  framework: ArchivedFramework.Mxnet,
  image: "AWS's mxnet-inference: framework mxnet",
  files: [
    `${SYMBOL}, ${PARAMETERS}, ${SHAPES}: unless the script has model_fn`,
    "code/inference.py and code/requirements.txt: optional",
  ],
  source: "aws/sagemaker-mxnet-inference-toolkit@addf279: default_inference_handler.py, utils.py",
  sourceDate: "2022-05-23",
  check(folder, findings): void {
    checkToolkitScript(folder, findings);
    if (scriptNames(folder)?.has("model_fn")) return;
    for (const name of [SYMBOL, PARAMETERS, SHAPES]) {
      if (!folder.find(name)) findings.error(name, "MissingFile", `is not there${instead(name, folder)}`);
    }
    checkContents(folder, findings);
  },
};

/** What may have been meant for a file: the same of another epoch, or under another prefix. */
function instead(name: string, folder: ModelFolder): string {
  const end = name.slice("model".length).replace("0000", "\\d{4}");
  const other = folder.root.find(({ path }) => new RegExp(`${end}$`).test(path));
  return other ? `; ${other.path} must be called so, or be loaded by model_fn in ${SCRIPT}` : "";
}

function checkContents(folder: ModelFolder, findings: ModelFindings): void {
  const [symbol, parameters, shapes] = [SYMBOL, PARAMETERS, SHAPES].map((name) => folder.find(name));
  if (symbol && !Symbols.safeParse(folder.json(symbol)).success)
    findings.error(SYMBOL, "InvalidConfig", "is no network of MXNet: JSON with nodes");
  if (shapes && !Shapes.safeParse(folder.json(shapes)).success)
    findings.error(SHAPES, "InvalidConfig", 'is no list of inputs, as in [{"name": "data", "shape": [1, 10]}]');
  if (parameters && !folder.read(parameters, 0, LIST_OF_ARRAYS.length).equals(LIST_OF_ARRAYS))
    findings.error(PARAMETERS, "NotParameters", "is no file of MXNet's parameters");
}
