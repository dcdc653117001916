import { Secret, UNKNOWN } from "../../../contracts/graph";
import { retiredRuntime } from "../../../policy/rules/retiredRuntime";
import { declared } from "../declared";
import { NATIVE_LAMBDA, preprocessor } from "../functions";
import { testRule } from "../ruleCases";

testRule(retiredRuntime, [
  ["a supported runtime passes", preprocessor({ runtime: "nodejs24.x" }), []],
  ["a container image has none", preprocessor({ runtime: null, packageType: "Image" }), []],
  ...["nodejs18.x", "python3.8", "dotnet6", "provided.al2", "go1.x"].map(
    (runtime) => [`${runtime} fails`, preprocessor({ runtime }), ["fail runtime"]] as const,
  ),
  ["a secret one fails", preprocessor({ runtime: new Secret("python3.8") }), ["fail runtime"]],
  ["unknown cannot be told", preprocessor({ runtime: UNKNOWN }), ["unknown runtime"]],
  ["one that is allowed passes", preprocessor({ runtime: "python3.9" }), [], { allowed: ["python3.9"] }],
  ["aws-native fails", declared(NATIVE_LAMBDA, "f", { runtime: "nodejs16.x" }), ["fail runtime"]],
]);
