import * as z from "zod";
import type { LocalPlane } from "../localPlane";
import type { LocalJob } from "./localJob";
import { LocalPipeline } from "./localPipeline";
import type { PipelineExecution } from "./pipelineExecution";
import { ProcessingJob } from "./processingJob";
import { resultPage } from "./resultPage";
import { SageMakerError } from "./sagemakerError";
import type { StepExecution } from "./stepExecution";
import { TrainingJob } from "./trainingJob";

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}$/;
const ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:pipeline\/[^/]+(\/execution\/[^/]+)?$/;

const PipelineName = z.string().refine((text) => NAME.test(text) || ARN.test(text), "must be a name or an ARN");
const Named = z.object({ PipelineName });
const PipelineExecutionArn = z.string().max(2048).regex(ARN);
const Execution = z.object({ PipelineExecutionArn });
const Token = z.string().min(32).max(128);
const Page = z.object({
  NextToken: z.string().max(8192).optional(),
  MaxResults: z.int().min(1).max(100).optional(),
  SortOrder: z.enum(["Ascending", "Descending"]).default("Descending"),
});
const Time = z.number().optional();
const Start = Named.extend({
  PipelineExecutionDisplayName: z
    .string()
    .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}$/)
    .optional(),
  PipelineExecutionDescription: z.string().max(3072).optional(),
  PipelineParameters: z
    .array(z.object({ Name: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/), Value: z.string().max(1024) }))
    .max(200)
    .default([]),
  ClientRequestToken: Token,
  // What is asked for is done here as far as this machine has processors.
  ParallelismConfiguration: z.object({ MaxParallelExecutionSteps: z.int().min(1) }).optional(),
  SelectiveExecutionConfig: z.never({ error: "selective execution does not run here" }).optional(),
  PipelineVersionId: z.literal(1, { error: "a pipeline has one version here" }).optional(),
});
const Listed = Page.extend({ CreatedAfter: Time, CreatedBefore: Time });

/** Carries out one operation. Its input is what the client sent, not checked yet. */
export type Operation = (input: unknown, plane: LocalPlane) => object | Promise<object>;

/**
 * The operations of the SageMaker control plane on pipelines that run here, by name
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Service.html).
 */
export const SAGEMAKER_OPERATIONS: Readonly<Record<string, Operation>> = {
  StartPipelineExecution(input, plane) {
    const asked = Start.parse(input);
    const names = asked.PipelineParameters.map(({ Name }) => Name);
    if (new Set(names).size < names.length) {
      throw new SageMakerError("ValidationException", "A parameter is given twice.");
    }
    const execution = pipelineOf(plane, asked.PipelineName).start({
      parameters: Object.fromEntries(asked.PipelineParameters.map(({ Name, Value }) => [Name, Value])),
      displayName: asked.PipelineExecutionDisplayName,
      description: asked.PipelineExecutionDescription,
      token: asked.ClientRequestToken,
    });
    return { PipelineExecutionArn: execution.arn };
  },

  DescribePipelineExecution(input, plane) {
    const execution = executionOf(plane, Execution.parse(input).PipelineExecutionArn);
    const { pipelineArn, displayName, description } = execution.settings;
    return {
      PipelineArn: pipelineArn,
      PipelineExecutionArn: execution.arn,
      PipelineExecutionDisplayName: displayName ?? `execution-${execution.startedAt.getTime()}`,
      PipelineExecutionStatus: execution.status,
      PipelineExecutionDescription: description,
      FailureReason: execution.failureReason?.slice(0, 1300),
      CreationTime: seconds(execution.startedAt),
      LastModifiedTime: seconds(execution.endedAt ?? execution.startedAt),
    };
  },

  ListPipelineExecutions(input, plane) {
    const SortBy = z.enum(["CreationTime", "PipelineExecutionArn"]).default("CreationTime");
    const asked = Listed.extend({ PipelineName, SortBy }).parse(input);
    const executions = pipelineOf(plane, asked.PipelineName).executions.filter(({ startedAt }) =>
      isIn(startedAt, asked),
    );
    if (asked.SortBy === "PipelineExecutionArn") executions.sort((a, b) => (a.arn < b.arn ? -1 : 1));
    const { items, more } = resultPage(ordered(executions, asked.SortOrder), ({ arn }) => arn, asked);
    const PipelineExecutionSummaries = items.map((execution) => ({
      PipelineExecutionArn: execution.arn,
      StartTime: seconds(execution.startedAt),
      PipelineExecutionStatus: execution.status,
      PipelineExecutionDescription: execution.settings.description,
      PipelineExecutionDisplayName: execution.settings.displayName ?? `execution-${execution.startedAt.getTime()}`,
      PipelineExecutionFailureReason: execution.failureReason,
    }));
    return { PipelineExecutionSummaries, ...more };
  },

  ListPipelineExecutionSteps(input, plane) {
    const asked = Page.extend({ PipelineExecutionArn }).parse(input);
    const { steps } = executionOf(plane, asked.PipelineExecutionArn);
    const { items, more } = resultPage(ordered(steps, asked.SortOrder), ({ definition }) => definition.name, asked);
    return { PipelineExecutionSteps: items.map(describedStep), ...more };
  },

  StopPipelineExecution(input, plane) {
    const { PipelineExecutionArn } = Execution.extend({ ClientRequestToken: Token }).parse(input);
    const execution = executionOf(plane, PipelineExecutionArn);
    const { status } = execution;
    if (status !== "Executing" && status !== "Stopping") {
      throw new SageMakerError(
        "ConflictException",
        `${PipelineExecutionArn} is ${status}; only what runs can be stopped.`,
      );
    }
    // The service answers at once too, with the execution in status Stopping.
    void execution.stop();
    return { PipelineExecutionArn };
  },

  DescribePipeline(input, plane) {
    const { settings, createdAt, executions } = pipelineOf(plane, Named.parse(input).PipelineName);
    const last = executions.at(-1)?.startedAt;
    return {
      PipelineArn: settings.arn,
      PipelineName: settings.name,
      PipelineDisplayName: settings.displayName,
      PipelineDefinition: settings.definition,
      PipelineDescription: settings.description,
      RoleArn: settings.roleArn,
      PipelineStatus: "Active",
      CreationTime: seconds(createdAt),
      LastModifiedTime: seconds(createdAt),
      ...(last !== undefined && { LastRunTime: seconds(last) }),
    };
  },

  ListPipelines(input, plane) {
    const SortBy = z.enum(["CreationTime", "Name"]).default("CreationTime");
    const asked = Listed.extend({ PipelineNamePrefix: z.string().regex(NAME).default(""), SortBy }).parse(input);
    const pipelines = plane
      .all(LocalPipeline)
      .filter(
        ({ settings, createdAt }) => settings.name.startsWith(asked.PipelineNamePrefix) && isIn(createdAt, asked),
      );
    if (asked.SortBy === "Name") pipelines.sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
    const { items, more } = resultPage(ordered(pipelines, asked.SortOrder), ({ settings }) => settings.arn, asked);
    const PipelineSummaries = items.map(({ settings, createdAt, executions }) => ({
      PipelineArn: settings.arn,
      PipelineName: settings.name,
      PipelineDisplayName: settings.displayName,
      PipelineDescription: settings.description,
      RoleArn: settings.roleArn,
      CreationTime: seconds(createdAt),
      LastModifiedTime: seconds(createdAt),
      LastExecutionTime: executions.length === 0 ? undefined : seconds(executions.at(-1)?.startedAt ?? createdAt),
    }));
    return { PipelineSummaries, ...more };
  },

  DescribeTrainingJob(input, plane) {
    const { TrainingJobName } = z.object({ TrainingJobName: z.string().regex(NAME).max(63) }).parse(input);
    return jobOf(plane, TrainingJobName, TrainingJob).describe();
  },

  DescribeProcessingJob(input, plane) {
    const { ProcessingJobName } = z.object({ ProcessingJobName: z.string().regex(NAME).max(63) }).parse(input);
    return jobOf(plane, ProcessingJobName, ProcessingJob).describe();
  },
};

function pipelineOf(plane: LocalPlane, nameOrArn: string): LocalPipeline {
  const found = plane
    .all(LocalPipeline)
    .find(({ settings }) => settings.name === nameOrArn || settings.arn === nameOrArn.toLowerCase());
  if (found === undefined) throw new SageMakerError("ResourceNotFound", `Pipeline ${nameOrArn} does not exist.`);
  return found;
}

function executionOf(plane: LocalPlane, arn: string): PipelineExecution {
  const executions = plane.all(LocalPipeline).flatMap((pipeline) => pipeline.executions);
  const found = executions.find((execution) => execution.arn === arn);
  if (found === undefined) throw new SageMakerError("ResourceNotFound", `Pipeline execution ${arn} does not exist.`);
  return found;
}

function jobOf<T extends LocalJob>(plane: LocalPlane, name: string, kind: abstract new (...args: never[]) => T): T {
  for (const { executions } of plane.all(LocalPipeline)) {
    for (const { job } of executions.flatMap(({ steps }) => steps)) {
      // Whoever takes the name from an ARN has it in lower case.
      if (job instanceof kind && job.name.toLowerCase() === name.toLowerCase()) return job;
    }
  }
  throw new SageMakerError("ResourceNotFound", `Requested resource not found: ${name}.`);
}

function describedStep({ definition, status, startedAt, endedAt, failureReason, job }: StepExecution): object {
  return {
    StepName: definition.name,
    StepDisplayName: definition.displayName,
    StepDescription: definition.description,
    StartTime: seconds(startedAt),
    ...(endedAt !== undefined && { EndTime: seconds(endedAt) }),
    StepStatus: status,
    AttemptCount: 1,
    FailureReason: failureReason,
    Metadata: job === undefined ? {} : { [`${definition.type}Job`]: { Arn: job.arn } },
  };
}

function ordered<T>(oldestFirst: readonly T[], order: "Ascending" | "Descending"): readonly T[] {
  return order === "Ascending" ? oldestFirst : [...oldestFirst].reverse();
}

function isIn(time: Date, { CreatedAfter, CreatedBefore }: z.output<typeof Listed>): boolean {
  const created = seconds(time);
  return created > (CreatedAfter ?? Number.NEGATIVE_INFINITY) && created < (CreatedBefore ?? Number.POSITIVE_INFINITY);
}

/** Times are seconds since the epoch in this protocol. */
function seconds(time: Date): number {
  return time.getTime() / 1000;
}
