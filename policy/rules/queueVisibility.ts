import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { boundProblems } from "../subjects/boundProblems";
import { LAMBDA_FUNCTION_TYPES } from "../subjects/lambdaFunction";
import { isQueue } from "../subjects/queue";
import { valueAt } from "../subjects/valueAt";
import { numberParameter } from "../typedParameter";

/** Seconds that SQS hides a message where nothing is said (SQS API reference, SetQueueAttributes). */
const DEFAULT_VISIBILITY_SECONDS = 30;

/** Seconds after which Lambda ends a function where nothing is said. */
const DEFAULT_TIMEOUT_SECONDS = 3;

/** A message is not handed out again while a function still works on it. */
export const queueVisibility: Rule = {
  id: "queue-visibility",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Queues hide a message for six times the timeout of the function that works on it",
  why:
    "A message that becomes visible while its function still works is worked on twice, and billed twice; after a few " +
    "receives it goes to the dead letters though nothing is wrong with it. Lambda advises six times the function's " +
    "timeout, and refuses less than the timeout itself (AWS Lambda developer guide, services-sqs-configure.html).",
  fix: "Set visibilityTimeoutSeconds of the queue to six times the function's timeout.",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
  config: {
    factor: { type: "number", description: "Timeouts of the function that a message is hidden for.", default: 6 },
  },
  types: ["aws:lambda/eventSourceMapping:EventSourceMapping", "aws-native:lambda:EventSourceMapping"],
  configProblems: (config) => boundProblems(config, { factor: 1 }),
  check: () => [],

  checkInStack(resource, { config, dependenciesOf }): readonly Finding[] {
    const [queue] = dependenciesOf(resource, ["eventSourceArn"]).filter(isQueue);
    const [worker] = dependenciesOf(resource, ["functionName"]).filter(({ type }) =>
      LAMBDA_FUNCTION_TYPES.some((token) => token === type),
    );
    if (!queue || !worker) return [];
    const path = "eventSourceArn";
    const factor = numberParameter(config, "factor");
    const must = `the queue must hide a message for ${factor} times the function's timeout`;
    const hidden =
      valueAt(queue.inputs, "visibilityTimeoutSeconds") ??
      valueAt(queue.inputs, "visibilityTimeout") ??
      DEFAULT_VISIBILITY_SECONDS;
    const timeout = valueAt(worker.inputs, "timeout") ?? DEFAULT_TIMEOUT_SECONDS;
    if (isUnknown(hidden) || isUnknown(timeout))
      return [{ status: "unknown", path, message: `not known yet; ${must}` }];
    if (typeof hidden === "number" && typeof timeout === "number" && hidden >= factor * timeout) return [];
    return [{ status: "fail", path, message: `the queue hides a message for a shorter time; ${must}` }];
  },
};
