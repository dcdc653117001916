import { UNKNOWN } from "../../../contracts/graph";
import { idleNotebook } from "../../../policy/rules/idleNotebook";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const path = "lifecycleConfigName";
const notebook = (
  name: typeof UNKNOWN | string | null,
  on: readonly string[] = [],
  type = "aws:sagemaker/notebookInstance:NotebookInstance",
) =>
  declared(
    type,
    "notebook",
    { instanceType: "ml.t3.medium", [path]: name },
    { dependencies: on, propertyDependencies: { [path]: on } },
  );
const lifecycle = declared(
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
  "stop",
);

testRule(idleNotebook, [
  ["a lifecycle configuration passes", notebook("stop-when-idle"), []],
  ["one of this stack passes", [lifecycle, notebook(UNKNOWN, [lifecycle.urn])], []],
  ["none fails", notebook(null), [`fail ${path}`]],
  ["an empty name fails", notebook(""), [`fail ${path}`]],
  ["unknown cannot be told", notebook(UNKNOWN), [`unknown ${path}`]],
  ["aws-native fails", notebook(null, [], "aws-native:sagemaker:NotebookInstance"), [`fail ${path}`]],
]);
