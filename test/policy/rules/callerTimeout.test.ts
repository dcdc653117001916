import { UNKNOWN } from "../../../contracts/graph";
import { callerTimeout } from "../../../policy/rules/callerTimeout";
import { declared } from "../declared";
import { preprocessor } from "../functions";
import { testRule } from "../ruleCases";

const caller = (type: string, property: string) =>
  declared(type, "caller", {}, { propertyDependencies: { [property]: [preprocessor().urn] } });
const http = caller("aws:apigatewayv2/integration:Integration", "integrationUri");
const objectLambda = caller("aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint", "configuration");
const alarm = caller("aws:cloudwatch/metricAlarm:MetricAlarm", "dimensions");

testRule(callerTimeout, [
  ["nobody waits", preprocessor({ timeout: 900 }), []],
  ["an alarm does not wait", [preprocessor({ timeout: 900 }), alarm], []],
  ["an HTTP API's 30 seconds pass", [preprocessor({ timeout: 30 }), http], []],
  ["31 fail", [preprocessor({ timeout: 31 }), http], ["fail timeout"]],
  ["S3 Object Lambda's 60 seconds pass", [preprocessor({ timeout: 60 }), objectLambda], []],
  ["61 fail", [preprocessor({ timeout: 61 }), objectLambda], ["fail timeout"]],
  ["unknown cannot be told", [preprocessor({ timeout: UNKNOWN }), http], ["unknown timeout"]],
]);
