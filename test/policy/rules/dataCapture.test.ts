import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { dataCapture } from "../../../policy/rules/dataCapture";
import { configuration } from "../endpoints";
import { testRule } from "../ruleCases";

const path = "dataCaptureConfig.initialSamplingPercentage";
const capturing = (percentage: GraphValue, enableCapture: GraphValue = true) =>
  configuration(
    {},
    { dataCaptureConfig: { enableCapture, initialSamplingPercentage: percentage, destinationS3Uri: "s3://shop" } },
  );

testRule(dataCapture, [
  ["no capture passes", configuration(), []],
  ["a sample passes", capturing(10), []],
  ["everything fails", capturing(100), [`fail ${path}`]],
  ["everything that is turned off passes", capturing(100, false), []],
  ["everything passes where it is allowed", capturing(100), [], { maxPercentage: 100 }],
  ["unknown cannot be told", capturing(UNKNOWN), [`unknown ${path}`]],
  ["it may be turned on", capturing(100, UNKNOWN), [`unknown ${path}`]],
]);
