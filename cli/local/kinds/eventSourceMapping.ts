import { availableParallelism } from "node:os";
import { GraphInputs } from "../graphInputs";
import { EventSourceMapping } from "../lambda/eventSourceMapping";
import { LocalFunction } from "../lambda/localFunction";
import type { ResourceKind } from "../resourceKind";
import { LocalQueue } from "../sqs/localQueue";

/** Lambda's default for queues (docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html). */
const BATCH_SIZE = 10;

/** A queue that feeds a function. */
export const kind: ResourceKind = {
  types: ["aws:lambda/eventSourceMapping:EventSourceMapping"],

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const lambda = plane.find(LocalFunction, inputs.requiredText("functionName"));
    const concurrency = inputs.object("scalingConfig").number("maximumConcurrency") ?? Number.POSITIVE_INFINITY;
    const mapping = new EventSourceMapping({
      queue: plane.find(LocalQueue, inputs.requiredText("eventSourceArn")),
      lambda,
      region: plane.cloud.region,
      batchSize: inputs.number("batchSize") ?? BATCH_SIZE,
      // More at once than there are processors only makes readers wait.
      concurrency: Math.min(concurrency, availableParallelism()),
      reportsFailures: inputs.textList("functionResponseTypes").includes("ReportBatchItemFailures"),
      log: (line) => plane.log(lambda.settings.name, line),
    });
    plane.register(mapping, resource.urn);
  },
};
