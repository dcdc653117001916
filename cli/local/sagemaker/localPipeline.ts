import type { LocalPlane } from "../localPlane";
import type { LocalService } from "../resourceKind";
import type { Interruptions } from "./interruptionTimes";
import { parameterValues } from "./parameterValues";
import { type PipelineDefinition, parsePipelineDefinition } from "./pipelineDefinition";
import { PipelineExecution } from "./pipelineExecution";
import { SageMakerError } from "./sagemakerError";

/** SageMaker's time between SIGTERM and SIGKILL, in seconds (docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopTrainingJob.html). */
const GRACE_SECONDS = 120;

/** What a pipeline is made of. */
export interface PipelineSettings {
  readonly plane: LocalPlane;
  readonly name: string;
  readonly arn: string;
  /** JSON text. */
  readonly definition: string;
  readonly roleArn?: string | undefined;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
}

/** How an execution is started. */
export interface StartOptions {
  /** Values of parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** The same token gives the same execution. Defaults to a new one. */
  readonly token?: string;
  /** Interruptions of its training jobs. Defaults to none. */
  readonly interruptions?: Interruptions;
  /** Seconds between SIGTERM and SIGKILL. Defaults to SageMaker's 120. */
  readonly graceSeconds?: number;
}

/** A pipeline of SageMaker on this machine: its definition, and its executions. */
export class LocalPipeline implements LocalService {
  readonly createdAt = new Date();
  readonly definition: PipelineDefinition;
  readonly #executions: PipelineExecution[] = [];
  readonly #tokens = new Map<string, { readonly request: string; readonly execution: PipelineExecution }>();

  /** @throws SageMakerError ValidationException when the definition cannot be used */
  constructor(readonly settings: PipelineSettings) {
    this.definition = parsePipelineDefinition(settings.definition);
  }

  /** All executions, oldest first. */
  get executions(): readonly PipelineExecution[] {
    return this.#executions;
  }

  /**
   * Starts an execution; it runs by itself from here on.
   * @throws SageMakerError ValidationException for parameters that are missing, unknown or of another type;
   *   ConflictException when the token was used with other parameters
   */
  start(options: StartOptions = {}): PipelineExecution {
    const { parameters = {}, token } = options;
    const request = JSON.stringify([Object.entries(parameters).sort(), options.displayName, options.description]);
    const earlier = token === undefined ? undefined : this.#tokens.get(token);
    if (earlier !== undefined) {
      if (earlier.request === request) return earlier.execution;
      throw new SageMakerError("ConflictException", "The client request token was used for another request.");
    }
    const { plane, name, arn } = this.settings;
    const execution = new PipelineExecution({
      plane,
      pipelineName: name,
      pipelineArn: arn,
      definition: this.definition,
      parameters: parameterValues(this.definition.parameters, parameters),
      displayName: options.displayName,
      description: options.description,
      interruptions: options.interruptions,
      graceSeconds: options.graceSeconds ?? GRACE_SECONDS,
    });
    this.#executions.push(execution);
    if (token !== undefined) this.#tokens.set(token, { request, execution });
    return execution;
  }

  /** Ends every execution at once, without the grace that a job is given. */
  async stop(): Promise<void> {
    await Promise.all(this.#executions.map((execution) => execution.stop(0).then(() => execution.removed)));
  }
}
