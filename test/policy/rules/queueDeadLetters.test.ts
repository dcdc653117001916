import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { queueDeadLetters } from "../../../policy/rules/queueDeadLetters";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const QUEUE = "aws:sqs/queue:Queue";
const dead = declared(QUEUE, "rest");
const queue = (redrivePolicy: GraphValue, on: readonly string[] = [], more = {}) =>
  declared(
    QUEUE,
    "work",
    { redrivePolicy, ...more },
    { dependencies: on, propertyDependencies: { redrivePolicy: on } },
  );
const path = "redrivePolicy";
const work = queue(null);
const apart = declared(
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "apart",
  { queueUrl: UNKNOWN },
  {
    propertyDependencies: { queueUrl: [work.urn], redrivePolicy: [dead.urn] },
  },
);
const schedule = declared(
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "mapping",
  {},
  {
    propertyDependencies: { destinationConfig: [dead.urn] },
  },
);

testRule(queueDeadLetters, [
  ["a policy passes", queue('{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:1:rest","maxReceiveCount":5}'), []],
  ["a policy on a queue of this stack passes, and so does that queue", [dead, queue(UNKNOWN, [dead.urn])], []],
  ["a policy apart passes", [dead, work, apart], []],
  ["none fails", work, [`fail ${path}`]],
  ["unknown cannot be told", queue(UNKNOWN), [`unknown ${path}`]],
  ["dead letters by name pass", declared(QUEUE, "orders-dlq"), []],
  ["dead letters by their own name pass", queue(null, [], { name: "orders-dead-letters" }), []],
  ["what takes a mapping's failures passes", [dead, schedule], []],
  ["other names count where they are configured", declared(QUEUE, "morgue"), [], { deadLetterNames: ["^morgue$"] }],
  ["aws-native fails", declared("aws-native:sqs:Queue", "work"), [`fail ${path}`]],
]);
