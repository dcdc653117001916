import * as z from "zod";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";
import { LocalQueue } from "../sqs/localQueue";
import { createSqsHandler, SQS_TARGET } from "../sqs/sqsHandler";

/** SQS's own defaults, in seconds (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html). */
const DEFAULTS = { visibility: 30, delay: 0, retention: 345_600, wait: 0 };

/** The JSON text of a redrive policy. */
const RedrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

/** A standard queue, in memory; its messages go when the plane stops. */
export const kind: ResourceKind = {
  types: ["aws:sqs/queue:Queue"],

  identify(registration, cloud) {
    const name = physicalName(registration, "name");
    const url = `${cloud.endpoint}/${cloud.accountId}/${name}`;
    return {
      id: url,
      outputs: { name, url, arn: `arn:${cloud.partition}:sqs:${cloud.region}:${cloud.accountId}:${name}` },
    };
  },

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const { name, arn, url } = GraphInputs.ofOutputs(resource).pick("name", "arn", "url");
    if (name.endsWith(".fifo")) {
      throw new LocalPlaneError("UnsupportedQueue", `${resource.name}: FIFO queues do not run here; standard ones do`);
    }
    const redrive = redriveOf(resource.name, inputs.text("redrivePolicy"));
    const queue = new LocalQueue({
      name,
      arn,
      url,
      visibilitySeconds: inputs.number("visibilityTimeoutSeconds") ?? DEFAULTS.visibility,
      delaySeconds: inputs.number("delaySeconds") ?? DEFAULTS.delay,
      retentionSeconds: inputs.number("messageRetentionSeconds") ?? DEFAULTS.retention,
      waitSeconds: inputs.number("receiveWaitTimeSeconds") ?? DEFAULTS.wait,
      ...(redrive !== undefined && {
        redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
      }),
      deadLetters: () => plane.all(LocalQueue).find(({ settings }) => settings.arn === redrive?.deadLetterTargetArn),
    });
    plane.register(queue, arn, url);
    plane.protocol(SQS_TARGET, createSqsHandler(plane));
  },
};

function redriveOf(name: string, text: string | undefined): z.infer<typeof RedrivePolicy> | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return RedrivePolicy.parse(JSON.parse(text));
  } catch (cause) {
    const allowed = "JSON with deadLetterTargetArn and maxReceiveCount from 1 to 1000";
    throw new LocalPlaneError("UnusableInput", `${name}: redrivePolicy must be ${allowed}`, { cause });
  }
}
