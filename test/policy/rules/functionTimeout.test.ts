import { Secret, UNKNOWN } from "../../../contracts/graph";
import { functionTimeout } from "../../../policy/rules/functionTimeout";
import { preprocessor } from "../functions";
import { testRule } from "../ruleCases";

testRule(functionTimeout, [
  ["30 seconds pass", preprocessor({ timeout: 30 }), []],
  ["Lambda's longest passes", preprocessor({ timeout: 900 }), []],
  ["a second more fails", preprocessor({ timeout: 901 }), ["fail timeout"]],
  ["0 fails", preprocessor({ timeout: 0 }), ["fail timeout"]],
  ["none fails", preprocessor(), ["fail timeout"]],
  ["what is no number is never said", preprocessor({ timeout: new Secret("hunter2") }), ["fail timeout"]],
  ["unknown cannot be told", preprocessor({ timeout: UNKNOWN }), ["unknown timeout"]],
  ["longer than allowed fails", preprocessor({ timeout: 120 }), ["fail timeout"], { maxSeconds: 60 }],
  ["instances of its own run longer", preprocessor({ timeout: 3600, capacityProviderConfig: {} }), []],
]);
