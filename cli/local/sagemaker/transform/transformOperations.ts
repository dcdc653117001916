import * as z from "zod";
import { HostedModel } from "../../hosting/hostedModel";
import type { LocalPlane } from "../../localPlane";
import type { JsonObject } from "../jsonValue";
import { LocalPipeline } from "../localPipeline";
import { resultPage } from "../resultPage";
import { SageMakerError } from "../sagemakerError";
import type { Operation } from "../sagemakerOperations";
import { StartedTransform } from "./startedTransform";
import { TransformJob } from "./transformJob";
import { TransformRequest } from "./transformRequest";

const TransformJobName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
const Named = z.object({ TransformJobName });

const Listed = z.object({
  NameContains: z.string().max(63).default(""),
  StatusEquals: z.enum(["InProgress", "Completed", "Failed", "Stopping", "Stopped"]).optional(),
  SortOrder: z.enum(["Ascending", "Descending"]).default("Descending"),
  NextToken: z.string().max(8192).optional(),
  MaxResults: z.int().min(1).max(100).optional(),
});

/** The operations on transform jobs, by name: those that are started by themselves, and those of pipelines. */
export const TRANSFORM_OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateTransformJob(input, plane) {
    const { TransformJobName: name } = Named.parse(input);
    const request = TransformRequest.parse(input);
    if (!plane.all(HostedModel).some(({ settings }) => settings.name === request.ModelName)) {
      throw new SageMakerError("ValidationException", `Could not find model "${request.ModelName}".`);
    }
    if (jobs(plane).some((job) => job.name === name)) {
      throw new SageMakerError("ResourceInUse", `Transform job ${name} already exists.`);
    }
    const job = new TransformJob({ plane, name, arguments: argumentsOf(input) });
    plane.register(new StartedTransform(job), job.arn);
    return { TransformJobArn: job.arn };
  },

  DescribeTransformJob(input, plane) {
    return jobOf(plane, Named.parse(input).TransformJobName).describe();
  },

  StopTransformJob(input, plane) {
    const job = jobOf(plane, Named.parse(input).TransformJobName);
    if (job.status !== "InProgress" && job.status !== "Stopping") {
      const given = `The transform job is ${job.status}`;
      throw new SageMakerError("ValidationException", `${given}; only what is InProgress can be stopped.`);
    }
    // The service answers at once too, with the job in status Stopping.
    void job.stop();
    return {};
  },

  ListTransformJobs(input, plane) {
    const asked = Listed.parse(input);
    const found = jobs(plane)
      .filter(({ name, status }) => name.includes(asked.NameContains) && (asked.StatusEquals ?? status) === status)
      .sort((a, b) => a.createdAt - b.createdAt);
    const ordered = asked.SortOrder === "Ascending" ? found : [...found].reverse();
    const { items, more } = resultPage(ordered, ({ arn }) => arn, asked);
    const TransformJobSummaries = items.map(({ name, arn, status, createdAt, endedAt }) => ({
      TransformJobName: name,
      TransformJobArn: arn,
      TransformJobStatus: status,
      CreationTime: createdAt,
      ...(endedAt !== undefined && { TransformEndTime: endedAt }),
    }));
    return { TransformJobSummaries, ...more };
  },
};

function jobs(plane: LocalPlane): readonly TransformJob[] {
  const steps = plane
    .all(LocalPipeline)
    .flatMap(({ executions }) => executions.flatMap((execution) => execution.steps));
  const ofSteps = steps.flatMap(({ job }) => (job instanceof TransformJob ? [job] : []));
  return [...plane.all(StartedTransform).map(({ job }) => job), ...ofSteps];
}

function jobOf(plane: LocalPlane, name: string): TransformJob {
  // Whoever takes the name from an ARN has it in lower case.
  const found = jobs(plane).find((job) => job.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new SageMakerError("ResourceNotFound", `Could not find requested job with name: ${name}`);
  }
  return found;
}

/** What was asked, as JSON has it. */
function argumentsOf(input: unknown): JsonObject {
  return z.record(z.string(), z.json()).parse(input);
}
