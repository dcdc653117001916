import { UNKNOWN } from "../../../contracts/graph";
import { functionLogGroup } from "../../../policy/rules/functionLogGroup";
import { declared } from "../declared";
import { preprocessor } from "../functions";
import { testRule } from "../ruleCases";

const group = (name: string | typeof UNKNOWN, on: readonly string[] = []) =>
  declared(
    "aws:cloudwatch/logGroup:LogGroup",
    "logs",
    { name },
    { dependencies: on, propertyDependencies: { name: on } },
  );
const worker = preprocessor();

testRule(functionLogGroup, [
  ["a named group passes", preprocessor({ loggingConfig: { logFormat: "JSON", logGroup: UNKNOWN } }), []],
  ["none fails", worker, ["fail loggingConfig"]],
  ["a format alone fails", preprocessor({ loggingConfig: { logFormat: "JSON" } }), ["fail loggingConfig"]],
  ["a group of the function's name passes", [group("/aws/lambda/resize"), preprocessor({ name: "resize" })], []],
  ["a group that is named after the function passes", [worker, group(UNKNOWN, [worker.urn])], []],
  [
    "a group of another name fails",
    [group("/aws/lambda/other"), preprocessor({ name: "resize" })],
    ["fail loggingConfig"],
  ],
  [
    "a group of an unknown name cannot be told",
    [group(UNKNOWN), preprocessor({ name: "resize" })],
    ["unknown loggingConfig"],
  ],
]);
