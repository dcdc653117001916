import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { MULTI_MODEL_FOLDER, ServingEnvironment, SINGLE_MODEL_FOLDER } from "../../../contracts/servingContainer";
import type { LocalPlane } from "../localPlane";
import { containerEnvironment } from "../sagemaker/containerEnvironment";
import { ContainerFailure } from "./containerClient";
import type { ContainerLife } from "./containerLife";
import type { ModelContainerSettings } from "./hostedModel";
import type { HostingTimes } from "./hostingTimes";
import { InstanceMetrics } from "./instanceMetrics";
import { ModelCopies, unpackModel } from "./modelCopies";
import type { ModelErrors } from "./modelErrors";
import { type Invocation, type Invoked, ModelInvoker, sendInvocation } from "./modelInvoker";
import { RuntimeError } from "./runtimeError";
import { ServingContainer } from "./servingContainer";
import { microsecondsSince, type VariantMetrics } from "./variantMetrics";

/** How often a request is sent that the container has not seen. */
const TRIES = 3;

/** What a container that hosts is made of. */
export interface HostedContainerSettings {
  readonly plane: LocalPlane;
  /** Endpoint or job that it belongs to; its log is that one's. */
  readonly owner: string;
  /** Name in the log. */
  readonly name: string;
  readonly container: ModelContainerSettings;
  /** Compiled program that stands for the image. */
  readonly program: string;
  readonly times: HostingTimes;
  readonly metrics: VariantMetrics;
  /** Makes the errors of what it answers. */
  readonly errors: ModelErrors;
}

/** A container of a model that runs, and for many models the agent that loads them. */
export class HostedContainer {
  #root: string | undefined;
  #container: ServingContainer | undefined;
  #invoker: ModelInvoker | undefined;
  #instance: InstanceMetrics | undefined;
  #failure: string | undefined;
  #prepared: Promise<void> = Promise.resolve();
  #unwatch: () => void = () => {};
  #isResting = false;
  #hasServed = false;
  #isStopped = false;

  constructor(readonly settings: HostedContainerSettings) {}

  /** Why it does not serve; undefined when it does or is about to. */
  get failure(): string | undefined {
    return this.#failure ?? this.#container?.failure;
  }

  /** Whether it has been healthy. */
  get inService(): boolean {
    return this.failure === undefined && (this.#hasServed || this.#container?.wasHealthy === true);
  }

  /** The container; undefined before the model's archive was unpacked, and while it rests. */
  get container(): ServingContainer | undefined {
    return this.#container;
  }

  /** Models that a multi-model container has loaded. */
  get loaded(): number | undefined {
    return this.#invoker?.loaded;
  }

  /** Starts it. It is ready when {@link inService} says so. */
  start(): void {
    this.#failure = undefined;
    this.#prepared = this.#prepare();
  }

  /** Ends the process and forgets its folder, until the next invocation starts all of it anew. Nothing may be under way. */
  rest(): void {
    if (this.#isResting || this.#isStopped || this.#container?.wasHealthy !== true) return;
    this.#isResting = true;
    this.#hasServed = true;
    this.#prepared = this.#prepared.then(() => this.#clear());
  }

  /** Waits until it is healthy. @throws RuntimeError ServiceUnavailable when it cannot be */
  async healthy(): Promise<ContainerLife> {
    await this.#prepared;
    if (this.#container === undefined) throw new RuntimeError("ServiceUnavailable", this.#failure ?? "It was stopped.");
    return this.#container.healthy();
  }

  /**
   * Passes an invocation to the container.
   * @param target key of the model below the prefix; undefined for a single-model container
   * @throws RuntimeError
   */
  async invoke(target: string | undefined, invocation: Invocation): Promise<Invoked> {
    const { errors, metrics } = this.settings;
    const isCold = this.#isResting;
    if (isCold) {
      this.#isResting = false;
      this.#prepared = this.#prepared.then(() => this.#prepare());
    }
    const asked = performance.now();
    for (let tries = 1; ; tries++) {
      const life = await this.healthy();
      if (isCold && tries === 1) metrics.record("ModelSetupTime", microsecondsSince(asked));
      try {
        const invoked = await (target === undefined || this.#invoker === undefined
          ? sendInvocation(life, "/invocations", invocation)
          : this.#invoker.invoke(life, target, invocation));
        if (invoked.answer.status >= 200 && invoked.answer.status < 300) return invoked;
        throw errors.answered(invoked.answer);
      } catch (error) {
        if (!(error instanceof ContainerFailure)) throw error;
        if (!(await isUnseen(life, error)) || tries === TRIES) throw this.#errorOf(error, invocation.maxBytes);
      }
    }
  }

  /** Takes values of the metrics that are sampled. */
  async sample(): Promise<void> {
    await this.#instance?.sample();
  }

  /** Ends the container and removes its folder. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unwatch();
    this.#instance?.stop();
    await this.#prepared;
    await this.#clear();
  }

  async #clear(): Promise<void> {
    this.#instance?.stop();
    await this.#container?.stop();
    this.#container = undefined;
    this.#invoker = undefined;
    if (this.#root !== undefined) await rm(this.#root, { recursive: true, force: true, maxRetries: 10 });
    this.#root = undefined;
  }

  async #prepare(): Promise<void> {
    if (this.#isStopped) return;
    const { plane, owner, name, container: model, program, times, metrics, errors } = this.settings;
    const isMultiModel = model.mode === "MultiModel";
    this.#root ??= await mkdtemp(path.join(plane.folder, "endpoint-"));
    const root = this.#root;
    if (!isMultiModel && !(await this.#hasModel(root))) return;
    const log = (line: string): void => plane.log(owner, line);
    const environment = containerEnvironment(plane, root, {
      ...model.environment,
      ...(isMultiModel && { [ServingEnvironment.MultiModel]: "true" }),
    });
    const container = new ServingContainer({ name, program, root, environment, times, log });
    if (isMultiModel && model.modelData !== undefined) {
      const copies = new ModelCopies(plane.store, path.join(root, MULTI_MODEL_FOLDER));
      this.#invoker = new ModelInvoker(model.modelData, {
        copies,
        metrics,
        errors,
        times,
        keeps: model.cachesModels,
        log,
      });
    }
    this.#container = container;
    this.#instance = new InstanceMetrics(container, root, metrics, () => this.loaded);
    container.start();
  }

  /** Unpacks the one model. Without it the endpoint has failed, until the object appears. */
  async #hasModel(root: string): Promise<boolean> {
    const { plane, container } = this.settings;
    const { modelData } = container;
    if (modelData === undefined) return true;
    const { bucket, prefix: key } = modelData;
    this.#unwatch();
    try {
      await unpackModel(plane.store, { bucket, key }, path.join(root, SINGLE_MODEL_FOLDER));
      return true;
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      this.#failure = error.message;
      this.#unwatch = plane.store.onChange((change) => {
        if (change.bucket === bucket && change.key === key && change.kind === "created") this.start();
      });
      return false;
    }
  }

  #errorOf({ reason }: ContainerFailure, maxBytes: number): RuntimeError {
    const { errors } = this.settings;
    if (reason === "timeout") return errors.timedOut();
    if (reason === "tooLarge") return errors.tooLarge(maxBytes);
    return errors.brokeOff();
  }
}

/**
 * Whether a request that was lost never was with the container: nothing listened, or a kept connection had been closed
 * while nobody used it. Settles when it is known whether the process still runs, so that the next request is right.
 */
async function isUnseen(life: ContainerLife, { reason, reused }: ContainerFailure): Promise<boolean> {
  if (reason === "timeout" || reason === "tooLarge") return false;
  const isAlive = await life.survived();
  return reason === "unreached" || (reused && isAlive);
}
