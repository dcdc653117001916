import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { patternProblems } from "../patternProblems";
import { FAILURE_PROPERTIES, isQueue, QUEUE_TYPES } from "../subjects/queue";
import { valueAt } from "../subjects/valueAt";
import { listParameter } from "../typedParameter";

/** What cannot be worked on is kept, and found. */
export const queueDeadLetters: Rule = {
  id: "queue-dead-letters",
  pack: "guardrails",
  severity: "medium",
  enforcement: "advisory",
  onUnknown: "report",
  title: "Queues send what cannot be worked on to a queue of dead letters",
  why:
    "A message that always fails is received again and again until its retention ends, four days by default (SQS API " +
    "reference, SetQueueAttributes): each receive bills the function in full, and then the message is gone without a trace.",
  fix: "Set redrivePolicy with the ARN of a second queue and a maxReceiveCount, and an alarm on that queue.",
  docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  config: {
    deadLetterNames: {
      type: "array",
      items: { type: "string" },
      description:
        "Regular expressions, in any case, on a queue's name that mean that it is one of dead letters itself.",
      default: ["dead-?letter", "\\bdlq\\b", "\\bfail(ed|ures?)\\b"],
    },
  },
  types: QUEUE_TYPES,
  configProblems: (config) => patternProblems("deadLetterNames", listParameter(config, "deadLetterNames")),
  check: () => [],

  checkInStack(resource, { config, dependenciesOf, dependentsOf }): readonly Finding[] {
    const { inputs, name } = resource;
    const path = "redrivePolicy";
    const names = [name, valueAt(inputs, "name"), valueAt(inputs, "queueName")].filter(
      (each) => typeof each === "string",
    );
    const patterns = listParameter(config, "deadLetterNames").map((pattern) => new RegExp(pattern, "i"));
    const isDeadLetters =
      names.some((each) => patterns.some((pattern) => pattern.test(each))) ||
      valueAt(inputs, "redriveAllowPolicy") !== undefined ||
      dependentsOf(resource, FAILURE_PROPERTIES).length > 0;
    if (isDeadLetters) return [];
    const policy = valueAt(inputs, path);
    const apart = dependentsOf(resource, ["queueUrl"]).some(
      ({ type }) => type === "aws:sqs/redrivePolicy:RedrivePolicy",
    );
    if (apart || (policy !== undefined && !isUnknown(policy))) return [];
    if (policy === undefined)
      return [{ status: "fail", path, message: "absent, so a message that always fails is lost" }];
    const known = dependenciesOf(resource, [path]).some(isQueue);
    return known ? [] : [{ status: "unknown", path, message: "not known yet; it must name a queue of dead letters" }];
  },
};
