import type { LocalPlane } from "../localPlane";
import type { LocalService } from "../resourceKind";
import { containerProgram } from "../sagemaker/containerProgram";
import type { ContainerAnswer } from "./containerClient";
import type { HostedConfiguration } from "./hostedConfiguration";
import type { HostedModelSettings } from "./hostedModel";
import { HostedVariant } from "./hostedVariant";
import { HOSTING_TIMES, type HostingTimes } from "./hostingTimes";
import type { InvokeRequest } from "./invokeRequest";
import { RuntimeError } from "./runtimeError";
import { assertTarget } from "./targetModel";
import { microsecondsSince, type VariantMetrics } from "./variantMetrics";

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
}

/** What a caller of an endpoint is answered. */
export interface EndpointAnswer {
  readonly variantName: string;
  readonly answer: ContainerAnswer;
}

/** An endpoint of SageMaker on this machine: a container for each of its production variants. */
export class LocalEndpoint implements LocalService {
  readonly createdAt = new Date();
  readonly variants: readonly HostedVariant[];

  /** Starts it; it is in service when its containers are. @throws LocalPlaneError MissingContainer */
  constructor(readonly settings: LocalEndpointSettings) {
    const { plane, name, configuration, models, times = HOSTING_TIMES } = settings;
    this.variants = configuration.variants.flatMap((variant) => {
      const model = models.get(variant.modelName);
      if (model === undefined) return [];
      const program = containerProgram(model.image, plane.options.program);
      return new HostedVariant({ plane, endpointName: name, variant, model, program, times });
    });
    for (const variant of this.variants) variant.start();
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
    const started = performance.now();
    const variant = this.#variantFor(request.targetVariant);
    const { mode } = variant.settings.model;
    assertTarget(request.targetModel, mode);
    const { metrics } = variant;
    metrics.record("Invocations", 1);
    const timeoutMs = (this.settings.times ?? HOSTING_TIMES).answerMs;
    const { headers, body } = request;
    let error: unknown;
    try {
      const invoked = await variant.invoke(request.targetModel, { headers, body, timeoutMs });
      metrics.record("ModelLatency", invoked.modelMicroseconds);
      metrics.record("OverheadLatency", Math.max(0, microsecondsSince(started) - invoked.modelMicroseconds));
      return { variantName: variant.settings.variant.variantName, answer: invoked.answer };
    } catch (cause) {
      error = cause;
      throw cause;
    } finally {
      recordErrors(metrics, error);
    }
  }

  /** Ends its containers. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.variants.map((variant) => variant.stop()));
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

/** Counts what the model answered: an error that the endpoint itself makes is none of the model's. */
function recordErrors(metrics: VariantMetrics, error: unknown): void {
  const original = error instanceof RuntimeError ? error.original : undefined;
  const status = original?.OriginalStatusCode ?? 0;
  metrics.record("Invocation4XXErrors", status >= 400 && status < 500 ? 1 : 0);
  metrics.record("Invocation5XXErrors", status >= 500 ? 1 : 0);
  metrics.record("InvocationModelErrors", original === undefined ? 0 : 1);
}
