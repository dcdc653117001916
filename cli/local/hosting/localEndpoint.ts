import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import type { LocalPlane } from "../localPlane";
import type { LocalService } from "../resourceKind";
import { AsyncInference, type AsyncLimits } from "./asyncInference";
import type { ContainerAnswer } from "./containerClient";
import type { HostedConfiguration, VariantSettings } from "./hostedConfiguration";
import type { HostedModelSettings } from "./hostedModel";
import { HostedVariant } from "./hostedVariant";
import { HOSTING_TIMES, type HostingTimes } from "./hostingTimes";
import type { InvokeRequest } from "./invokeRequest";
import { invokeVariant } from "./invokeVariant";
import type { Invocation, Invoked } from "./modelInvoker";
import { RuntimeError } from "./runtimeError";
import { ServerlessMemory } from "./serverlessMemory";

/** What an endpoint is made of. */
export interface LocalEndpointSettings {
  readonly plane: LocalPlane;
  readonly name: string;
  readonly arn: string;
  readonly configuration: HostedConfiguration;
  /** The models of the configuration's variants, by name. */
  readonly models: ReadonlyMap<string, HostedModelSettings>;
  /** Defaults to SageMaker's own. */
  readonly times?: HostingTimes;
  /** Of an asynchronous endpoint. Defaults to SageMaker's own. */
  readonly asyncLimits?: AsyncLimits;
}

/** How an endpoint answers. */
export type EndpointKind = "real-time" | "serverless" | "async";

/** What a caller of an endpoint is answered. */
export interface EndpointAnswer {
  readonly variantName: string;
  readonly answer: ContainerAnswer;
}

const { serving, options } = SERVICE_LIMITS.sagemaker;

/** An endpoint of SageMaker on this machine: containers for each of its variants. */
export class LocalEndpoint implements LocalService {
  readonly createdAt = new Date();
  /** Variants that answer. */
  readonly variants: readonly HostedVariant[];
  /** Variants that hear and are not heard. */
  readonly shadows: readonly HostedVariant[];
  /** What answers later; undefined when the endpoint answers at once. */
  readonly async: AsyncInference | undefined;
  readonly #memory = new Map<HostedVariant, ServerlessMemory>();

  /** Starts it; it is in service when its containers are. @throws LocalPlaneError MissingContainer */
  constructor(readonly settings: LocalEndpointSettings) {
    const { plane, name, configuration, times = HOSTING_TIMES } = settings;
    const hosted = (variant: VariantSettings): HostedVariant[] => {
      const model = settings.models.get(variant.modelName);
      return model === undefined ? [] : [new HostedVariant({ plane, endpointName: name, variant, model, times })];
    };
    this.variants = configuration.variants.flatMap(hosted);
    this.shadows = configuration.shadows.flatMap(hosted);
    for (const variant of [...this.variants, ...this.shadows]) {
      variant.start();
      const { serverless } = variant.settings.variant;
      if (serverless === undefined) continue;
      const log = (line: string): void => plane.log(name, line);
      this.#memory.set(variant, new ServerlessMemory(variant, serverless, times.idleMs, log));
    }
    const [first] = this.variants;
    if (configuration.async !== undefined && first !== undefined) {
      this.async = new AsyncInference({
        plane,
        endpointName: name,
        settings: configuration.async,
        variant: first,
        limits: settings.asyncLimits,
      });
    }
  }

  /** How it answers. */
  get kind(): EndpointKind {
    if (this.async !== undefined) return "async";
    return this.#memory.size > 0 ? "serverless" : "real-time";
  }

  /** As DescribeEndpoint says it. */
  get status(): "Creating" | "InService" | "Failed" {
    if (this.failureReason !== undefined) return "Failed";
    return this.variants.every(({ inService }) => inService) ? "InService" : "Creating";
  }

  /** Why it is `Failed`. */
  get failureReason(): string | undefined {
    return this.variants.map(({ failure }) => failure).find((failure) => failure !== undefined);
  }

  /** Answers InvokeEndpoint. @throws RuntimeError */
  async invoke(request: InvokeRequest): Promise<EndpointAnswer> {
    if (this.async !== undefined) {
      throw new RuntimeError(
        "ValidationError",
        `Endpoint ${this.settings.name} does not support this inference type: it is asynchronous, and InvokeEndpointAsync asks it.`,
      );
    }
    const variant = this.#variantFor(request.targetVariant);
    variant.assertTarget(request);
    const memory = this.#memory.get(variant);
    const { headers, body } = request;
    assertSize(body.length, memory === undefined ? serving.payloadBytes : options.serverless.payloadBytes);
    const timeoutMs = (this.settings.times ?? HOSTING_TIMES).answerMs;
    const invocation = { headers, body, timeoutMs, maxBytes: serving.payloadBytes };
    this.#tellShadows(request, invocation);
    const ask = (): Promise<Invoked> => invokeVariant(variant, request, invocation);
    const { answer } = await (memory === undefined ? ask() : memory.run(ask));
    return { variantName: variant.settings.variant.variantName, answer };
  }

  /** Ends its containers, and what waits for them. */
  async stop(): Promise<void> {
    for (const memory of this.#memory.values()) memory.stop();
    this.async?.stop();
    await Promise.allSettled([...this.variants, ...this.shadows].map((variant) => variant.stop()));
  }

  /** A shadow hears its share; nobody waits for what it says. */
  #tellShadows(request: InvokeRequest, invocation: Invocation): void {
    const whole = this.variants.reduce((sum, { settings }) => sum + settings.variant.weight, 0);
    for (const shadow of this.shadows) {
      if (Math.random() * whole >= shadow.settings.variant.weight) continue;
      invokeVariant(shadow, request, invocation).catch((error: unknown) => {
        const { plane, name } = this.settings;
        plane.log(name, `the shadow answered: ${error instanceof Error ? error.message : error}`);
      });
    }
  }

  #variantFor(name: string | undefined): HostedVariant {
    const found =
      name === undefined ? this.#drawn() : this.variants.find(({ settings }) => settings.variant.variantName === name);
    if (found !== undefined) return found;
    throw new RuntimeError("ValidationError", `Variant ${name} is not found for endpoint ${this.settings.name}.`);
  }

  /** A variant by chance, in the proportion of the weights. */
  #drawn(): HostedVariant | undefined {
    let left = Math.random() * this.variants.reduce((sum, { settings }) => sum + settings.variant.weight, 0);
    for (const variant of this.variants) {
      left -= variant.settings.variant.weight;
      if (left < 0) return variant;
    }
    return this.variants.at(-1);
  }
}

function assertSize(bytes: number, most: number): void {
  if (bytes <= most) return;
  throw new RuntimeError(
    "ValidationError",
    `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
}
