import { UNKNOWN } from "../../../contracts/graph";
import { queueVisibility } from "../../../policy/rules/queueVisibility";
import { declared } from "../declared";
import { preprocessor } from "../functions";
import { testRule } from "../ruleCases";

const queue = (seconds: number | null | typeof UNKNOWN) =>
  declared("aws:sqs/queue:Queue", "work", { visibilityTimeoutSeconds: seconds });
const worker = preprocessor({ timeout: 30 });
const mapping = declared(
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "mapping",
  {},
  {
    propertyDependencies: { eventSourceArn: [queue(1).urn], functionName: [worker.urn] },
  },
);
const path = "eventSourceArn";

testRule(queueVisibility, [
  ["six times pass", [queue(180), worker, mapping], []],
  ["less fails", [queue(179), worker, mapping], [`fail ${path}`]],
  ["the default of 30 fails", [queue(null), worker, mapping], [`fail ${path}`]],
  ["the defaults of both pass", [queue(null), preprocessor(), mapping], []],
  ["less passes where it is allowed", [queue(30), worker, mapping], [], { factor: 1 }],
  ["unknown cannot be told", [queue(UNKNOWN), worker, mapping], [`unknown ${path}`]],
  ["a queue from elsewhere is not looked at", [worker, mapping], []],
]);
