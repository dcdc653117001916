import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { logRetention } from "../../../policy/rules/logRetention";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const group = (days: GraphValue, more = {}) =>
  declared("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: days, ...more });

testRule(logRetention, [
  ["a month passes", group(30), []],
  ["nothing fails", group(null), ["fail retentionInDays"]],
  ["0 fails, since it is for ever", group(0), ["fail retentionInDays"]],
  ["longer than allowed fails", group(365), ["fail retentionInDays"], { maxDays: 90 }],
  ["unknown cannot be told", group(UNKNOWN), ["unknown retentionInDays"]],
  ["the class DELIVERY has its own", group(null, { logGroupClass: "DELIVERY" }), []],
  ["aws-native fails", declared("aws-native:logs:LogGroup", "logs"), ["fail retentionInDays"]],
]);
