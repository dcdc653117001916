import { type GraphObject, UNKNOWN } from "../../../contracts/graph";
import { invocationDeadLetters } from "../../../policy/rules/invocationDeadLetters";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const schedule = (target: GraphObject | typeof UNKNOWN) =>
  declared("aws:scheduler/schedule:Schedule", "nightly", { scheduleExpression: "rate(1 day)", target });
const mapping = (inputs: GraphObject) =>
  declared("aws:lambda/eventSourceMapping:EventSourceMapping", "mapping", inputs);
const asynchronous = (inputs: GraphObject) =>
  declared("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "asynchronous", inputs);
const stream = "arn:aws:kinesis:us-east-1:111122223333:stream/clicks";
const onFailure = { onFailure: { destinationArn: UNKNOWN } };

testRule(invocationDeadLetters, [
  ["a schedule with dead letters passes", schedule({ arn: UNKNOWN, deadLetterConfig: { arn: UNKNOWN } }), []],
  ["a schedule without fails", schedule({ arn: UNKNOWN }), ["fail target.deadLetterConfig"]],
  ["an unknown target cannot be told", schedule(UNKNOWN), ["unknown target.deadLetterConfig"]],
  ["a stream with a destination passes", mapping({ eventSourceArn: stream, destinationConfig: onFailure }), []],
  ["a stream without fails", mapping({ eventSourceArn: stream }), ["fail destinationConfig.onFailure"]],
  ["a queue keeps its own", mapping({ eventSourceArn: "arn:aws:sqs:us-east-1:111122223333:work" }), []],
  ["an asynchronous invocation with a destination passes", asynchronous({ destinationConfig: onFailure }), []],
  ["one without fails", asynchronous({ maximumRetryAttempts: 0 }), ["fail destinationConfig.onFailure"]],
]);
