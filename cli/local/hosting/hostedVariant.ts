import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import type { LocalPlane } from "../localPlane";
import { containerProgram } from "../sagemaker/containerProgram";
import type { VariantSettings } from "./hostedConfiguration";
import { HostedContainer } from "./hostedContainer";
import type { HostedModelSettings } from "./hostedModel";
import type { HostingTimes } from "./hostingTimes";
import { ModelErrors } from "./modelErrors";
import type { Invocation, Invoked } from "./modelInvoker";
import { RuntimeError } from "./runtimeError";
import type { ServingContainer } from "./servingContainer";
import { assertTarget } from "./targetModel";
import { VariantMetrics } from "./variantMetrics";

/** What a variant is made of. */
export interface HostedVariantSettings {
  readonly plane: LocalPlane;
  readonly endpointName: string;
  readonly variant: VariantSettings;
  readonly model: HostedModelSettings;
  readonly times: HostingTimes;
}

/** What of a variant is asked. */
export interface VariantTarget {
  /** Key of the model below the prefix; only of a multi-model container. */
  readonly targetModel: string | undefined;
  /** Container that is to answer; only of several that are invoked directly. */
  readonly targetContainer: string | undefined;
}

/** A variant of an endpoint that runs: one container for each of its model's. */
export class HostedVariant {
  readonly metrics: VariantMetrics;
  readonly containers: readonly HostedContainer[];

  /** @throws LocalPlaneError MissingContainer */
  constructor(readonly settings: HostedVariantSettings) {
    const { plane, endpointName, variant, model, times } = settings;
    const { variantName } = variant;
    const metrics = new VariantMetrics(endpointName, variantName);
    this.metrics = metrics;
    const isAlone = model.containers.length === 1;
    this.containers = model.containers.map((container, index) => {
      // Names as SageMaker has them: the one container is the primary.
      const title = isAlone ? "primary" : (container.hostname ?? `container-${index + 1}`);
      return new HostedContainer({
        plane,
        owner: endpointName,
        name: isAlone ? `${endpointName}/${variantName}` : `${endpointName}/${variantName}/${title}`,
        container,
        program: containerProgram(container.image, plane.options.program),
        times,
        metrics,
        errors: new ModelErrors(endpointName, plane.cloud, title),
      });
    });
  }

  /** The process of its first container; undefined before the model's archive was unpacked, and while it rests. */
  get container(): ServingContainer | undefined {
    return this.containers[0]?.container;
  }

  /** Models that its first multi-model container has loaded. */
  get loaded(): number | undefined {
    return this.containers.map(({ loaded }) => loaded).find((loaded) => loaded !== undefined);
  }

  /** Why it does not serve; undefined when it does or is about to. */
  get failure(): string | undefined {
    return this.containers.map(({ failure }) => failure).find((failure) => failure !== undefined);
  }

  /** Whether all of it has been healthy. */
  get inService(): boolean {
    return this.containers.every(({ inService }) => inService);
  }

  /** Starts it. It is ready when {@link inService} says so. */
  start(): void {
    for (const container of this.containers) container.start();
  }

  /** Ends its processes until the next invocation. Nothing may be under way. */
  rest(): void {
    for (const container of this.containers) container.rest();
  }

  /** Makes sure that this can be asked of the variant. @throws RuntimeError ValidationError */
  assertTarget({ targetModel, targetContainer }: VariantTarget): void {
    const { containers, order } = this.settings.model;
    const isDirect = containers.length > 1 && order === "Direct";
    if (!isDirect && targetContainer !== undefined) {
      throw new RuntimeError(
        "ValidationError",
        "TargetContainerHostname is given, and the endpoint has no containers that are invoked directly.",
      );
    }
    const asked = isDirect ? [this.#named(targetContainer).settings.container] : containers;
    assertTarget(targetModel, asked.some(({ mode }) => mode === "MultiModel") ? "MultiModel" : "SingleModel");
  }

  /**
   * Passes an invocation to what is to answer: the one container, the one that is named, or each of them, one after
   * another, with what the one before answered.
   * @throws RuntimeError
   */
  async invoke({ targetModel, targetContainer }: VariantTarget, invocation: Invocation): Promise<Invoked> {
    const { containers, order } = this.settings.model;
    if (containers.length > 1 && order === "Direct") {
      return this.#named(targetContainer).invoke(targetModel, invocation);
    }
    let [given, microseconds]: [Invocation, number] = [invocation, 0];
    for (const [index, container] of this.containers.entries()) {
      const isLast = index === this.containers.length - 1;
      const { accept, ...others } = given.headers;
      const headers = isLast ? given.headers : others;
      const target = container.settings.container.mode === "MultiModel" ? targetModel : undefined;
      const invoked = await container.invoke(target, { ...given, headers });
      microseconds += invoked.modelMicroseconds;
      if (isLast) return { answer: invoked.answer, modelMicroseconds: microseconds };
      const type = invoked.answer.headers["content-type"];
      const { "content-type": _, ...rest } = invocation.headers;
      // What the caller accepts is for the last one to give.
      given = {
        ...invocation,
        headers: { ...rest, ...(type !== undefined && { "content-type": type }) },
        body: invoked.answer.body,
        maxBytes: SERVICE_LIMITS.sagemaker.serving.payloadBytes,
      };
    }
    throw new RuntimeError("InternalFailure", "The variant has no container.");
  }

  /** Takes values of the metrics that are sampled. */
  async sample(): Promise<void> {
    await Promise.all(this.containers.map((container) => container.sample()));
  }

  /** Ends the containers and removes their folders. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.containers.map((container) => container.stop()));
  }

  #named(hostname: string | undefined): HostedContainer {
    const found = this.containers.find(({ settings }) => settings.container.hostname === hostname);
    if (hostname !== undefined && found !== undefined) return found;
    const names = this.containers.flatMap(({ settings }) => settings.container.hostname ?? []);
    const given = hostname === undefined ? "nothing" : JSON.stringify(hostname);
    throw new RuntimeError(
      "ValidationError",
      `TargetContainerHostname: given ${given}; allowed: one of ${names.join(", ")}`,
    );
  }
}
