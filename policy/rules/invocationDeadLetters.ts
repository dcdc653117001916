import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource } from "../../contracts/rule";
import { valueAt } from "../subjects/valueAt";

/** Where each type names what takes its failures. */
const FAILURES: Readonly<Record<string, readonly string[]>> = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": ["destinationConfig", "onFailure"],
  "aws-native:lambda:EventSourceMapping": ["destinationConfig", "onFailure"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["destinationConfig", "onFailure"],
  "aws-native:lambda:EventInvokeConfig": ["destinationConfig", "onFailure"],
  "aws:scheduler/schedule:Schedule": ["target", "deadLetterConfig"],
  "aws-native:scheduler:Schedule": ["target", "deadLetterConfig"],
  "aws:cloudwatch/eventTarget:EventTarget": ["deadLetterConfig"],
};

/** Sources whose records Lambda gives up on at some time. A queue keeps its own dead letters. */
const STREAM = /^arn:[^:]*:(kinesis|dynamodb|kafka):/;
const STREAM_TYPES = ["aws:kinesis/stream:Stream", "aws:dynamodb/table:Table", "aws:msk/cluster:Cluster"];

/** An event that could not be delivered, or not be worked on, is kept. */
export const invocationDeadLetters: Rule = {
  id: "invocation-dead-letters",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Schedules, streams and asynchronous invocations keep what failed",
  why:
    "EventBridge and Lambda give up on an event after a day at most, a stream's records after their retention " +
    "(EventBridge Scheduler user guide and AWS Lambda developer guide), and say nothing: a nightly " +
    "training that was not started is found out when the models are old.",
  fix:
    "Name a queue: target.deadLetterConfig of a schedule, destinationConfig.onFailure of a stream's mapping and of an " +
    "asynchronous invocation, and an alarm on that queue.",
  docs: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html",
  config: {},
  types: Object.keys(FAILURES),
  check: () => [],

  checkInStack(resource, { dependenciesOf }): readonly Finding[] {
    const at = FAILURES[resource.type] ?? [];
    if (resource.type.includes("ventSourceMapping")) {
      const fromStream = readsStream(resource, dependenciesOf(resource, ["eventSourceArn"]));
      if (!fromStream) return [];
    }
    const path = at.join(".");
    const value = valueAt(resource.inputs, ...at);
    if (isUnknown(value))
      return [{ status: "unknown", path, message: "not known yet; it must name what takes failures" }];
    if (value !== undefined) return [];
    return [{ status: "fail", path, message: "absent, so what fails is lost" }];
  },
};

function readsStream({ inputs }: RuleResource, sources: readonly RuleResource[]): boolean {
  const arn = valueAt(inputs, "eventSourceArn");
  return (typeof arn === "string" && STREAM.test(arn)) || sources.some(({ type }) => STREAM_TYPES.includes(type));
}
