import type { RuleResource } from "../../contracts/rule";

/** Type tokens of queues. */
export const QUEUE_TYPES = ["aws:sqs/queue:Queue", "aws-native:sqs:Queue"] as const;

/** Input properties of any resource that name where its failures go. */
export const FAILURE_PROPERTIES = [
  "redrivePolicy",
  "deadLetterConfig",
  "destinationConfig",
  "deadLetterQueue",
] as const;

/** True for a queue. */
export function isQueue({ type }: RuleResource): boolean {
  return QUEUE_TYPES.some((token) => token === type);
}
