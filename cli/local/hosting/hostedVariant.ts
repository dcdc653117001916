import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { MULTI_MODEL_FOLDER, ServingEnvironment, SINGLE_MODEL_FOLDER } from "../../../contracts/servingContainer";
import type { LocalPlane } from "../localPlane";
import { containerEnvironment } from "../sagemaker/containerEnvironment";
import { ContainerFailure } from "./containerClient";
import type { ContainerLife } from "./containerLife";
import type { VariantSettings } from "./hostedConfiguration";
import type { HostedModelSettings } from "./hostedModel";
import type { HostingTimes } from "./hostingTimes";
import { InstanceMetrics } from "./instanceMetrics";
import { ModelCopies, unpackModel } from "./modelCopies";
import { ModelErrors } from "./modelErrors";
import { type Invocation, type Invoked, ModelInvoker, sendInvocation } from "./modelInvoker";
import { RuntimeError } from "./runtimeError";
import { ServingContainer } from "./servingContainer";
import { VariantMetrics } from "./variantMetrics";

/** How often a request is sent that the container has not seen. */
const TRIES = 3;

/** What a variant is made of. */
export interface HostedVariantSettings {
  readonly plane: LocalPlane;
  readonly endpointName: string;
  readonly variant: VariantSettings;
  readonly model: HostedModelSettings;
  /** Compiled program that stands for the model's image. */
  readonly program: string;
  readonly times: HostingTimes;
}

/** A production variant that runs: one container, and for many models the agent that loads them. */
export class HostedVariant {
  readonly metrics: VariantMetrics;
  readonly #errors: ModelErrors;
  #root: string | undefined;
  #container: ServingContainer | undefined;
  #invoker: ModelInvoker | undefined;
  #instance: InstanceMetrics | undefined;
  #failure: string | undefined;
  #prepared: Promise<void> = Promise.resolve();
  #unwatch: () => void = () => {};

  constructor(readonly settings: HostedVariantSettings) {
    this.metrics = new VariantMetrics(settings.endpointName, settings.variant.variantName);
    this.#errors = new ModelErrors(settings.endpointName, settings.plane.cloud);
  }

  /** Why it does not serve; undefined when it does or is about to. */
  get failure(): string | undefined {
    return this.#failure ?? this.#container?.failure;
  }

  /** Whether it has been healthy. */
  get inService(): boolean {
    return this.failure === undefined && this.#container?.wasHealthy === true;
  }

  /** The container; undefined before the model's archive was unpacked. */
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

  /**
   * Passes an invocation to the container.
   * @param target key of the model below the prefix; undefined for a single-model container
   * @throws RuntimeError
   */
  async invoke(target: string | undefined, invocation: Invocation): Promise<Invoked> {
    for (let tries = 1; ; tries++) {
      await this.#prepared;
      if (this.#container === undefined)
        throw new RuntimeError("ServiceUnavailable", this.#failure ?? "It was stopped.");
      const life = await this.#container.healthy();
      try {
        const invoked = await (target === undefined || this.#invoker === undefined
          ? sendInvocation(life, "/invocations", invocation)
          : this.#invoker.invoke(life, target, invocation));
        if (invoked.answer.status >= 200 && invoked.answer.status < 300) return invoked;
        throw this.#errors.answered(invoked.answer);
      } catch (error) {
        if (!(error instanceof ContainerFailure)) throw error;
        if (!(await isUnseen(life, error)) || tries === TRIES) throw this.#errorOf(error);
      }
    }
  }

  /** Takes values of the metrics that are sampled. */
  async sample(): Promise<void> {
    await this.#instance?.sample();
  }

  /** Ends the container and removes its folder. */
  async stop(): Promise<void> {
    this.#unwatch();
    this.#instance?.stop();
    await this.#prepared;
    await this.#container?.stop();
    if (this.#root !== undefined) await rm(this.#root, { recursive: true, force: true, maxRetries: 10 });
  }

  async #prepare(): Promise<void> {
    const { plane, endpointName, model, program, variant, times } = this.settings;
    const isMultiModel = model.mode === "MultiModel";
    this.#root ??= await mkdtemp(path.join(plane.folder, "endpoint-"));
    const root = this.#root;
    if (!isMultiModel && !(await this.#hasModel(root))) return;
    const log = (line: string): void => plane.log(endpointName, line);
    const container = new ServingContainer({
      name: `${endpointName}/${variant.variantName}`,
      program,
      root,
      environment: containerEnvironment(plane, root, {
        ...model.environment,
        ...(isMultiModel && { [ServingEnvironment.MultiModel]: "true" }),
      }),
      times,
      log,
    });
    if (isMultiModel && model.modelData !== undefined) {
      const copies = new ModelCopies(plane.store, path.join(root, MULTI_MODEL_FOLDER));
      const { metrics } = this;
      this.#invoker = new ModelInvoker(model.modelData, {
        copies,
        metrics,
        errors: this.#errors,
        times,
        keeps: model.cachesModels,
        log,
      });
    }
    this.#container = container;
    this.#instance = new InstanceMetrics(container, root, this.metrics, () => this.loaded);
    container.start();
  }

  /** Unpacks the one model. Without it the endpoint has failed, until the object appears. */
  async #hasModel(root: string): Promise<boolean> {
    const { plane, model } = this.settings;
    const { modelData } = model;
    if (modelData === undefined) return true;
    const { bucket, prefix: key } = modelData;
    try {
      await unpackModel(plane.store, { bucket, key }, path.join(root, SINGLE_MODEL_FOLDER));
      this.#unwatch();
      return true;
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      this.#failure = error.message;
      this.#unwatch();
      this.#unwatch = plane.store.onChange((change) => {
        if (change.bucket === bucket && change.key === key && change.kind === "created") this.start();
      });
      return false;
    }
  }

  #errorOf({ reason }: ContainerFailure): RuntimeError {
    if (reason === "timeout") return this.#errors.timedOut();
    if (reason === "tooLarge") return this.#errors.tooLarge(SERVICE_LIMITS.sagemaker.serving.payloadBytes);
    return this.#errors.brokeOff();
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
