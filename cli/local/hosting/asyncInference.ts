import { randomUUID } from "node:crypto";
import type { S3Location } from "../../../contracts/s3Location";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import type { LocalPlane } from "../localPlane";
import { asFolder } from "../sagemaker/s3Location";
import { LocalTopic } from "../sns/localTopic";
import { type AsyncOutcome, asyncNotification } from "./asyncNotification";
import type { AsyncRequest } from "./asyncRequest";
import type { ContainerAnswer, StreamedBody } from "./containerClient";
import type { AsyncSettings } from "./hostedConfiguration";
import type { HostedVariant } from "./hostedVariant";
import { invokeVariant } from "./invokeVariant";
import { RuntimeError } from "./runtimeError";

/** Requests that are answered at the same time where nothing says how many; SageMaker finds out what is best. */
const CONCURRENT = 4;

/** How much an asynchronous endpoint takes. */
export interface AsyncLimits {
  /** Of a request, and of an answer. */
  readonly payloadBytes: number;
}

/** What asynchronous inference is made of. */
export interface AsyncInferenceOptions {
  readonly plane: LocalPlane;
  readonly endpointName: string;
  readonly settings: AsyncSettings;
  readonly variant: HostedVariant;
  /** Defaults to SageMaker's own. */
  readonly limits?: AsyncLimits | undefined;
}

/** What a caller is answered at once. */
export interface AsyncAccepted {
  readonly inferenceId: string;
  readonly outputLocation: string;
  /** Absent when failures are not written. */
  readonly failureLocation: string | undefined;
}

/** A request that waits, or is being answered. */
export interface WaitingRequest extends AsyncAccepted {
  readonly request: AsyncRequest;
  readonly receivedAt: Date;
}

/**
 * The queue of an asynchronous endpoint: requests wait in memory, are answered some at a time, and their answers are left
 * in the store, with a notification.
 */
export class AsyncInference {
  readonly #waiting: WaitingRequest[] = [];
  #underWay = 0;
  #isStopped = false;

  constructor(private readonly options: AsyncInferenceOptions) {}

  /** Where answers are written. */
  get output(): S3Location {
    return asFolder(this.options.settings.output);
  }

  /** Requests that wait or are being answered. */
  get backlog(): number {
    return this.#waiting.length + this.#underWay;
  }

  /** Takes a request; it is answered in its turn. */
  accept(request: AsyncRequest): AsyncAccepted {
    const { output, failure } = this.options.settings;
    const [id, inferenceId] = [randomUUID(), request.inferenceId ?? randomUUID()];
    const name = request.filename ?? `${id}.out`;
    const waiting: WaitingRequest = {
      request,
      receivedAt: new Date(),
      inferenceId,
      outputLocation: addressOf(output, request.pathExtension, name),
      failureLocation: failure && addressOf(failure, request.pathExtension, `${id}-error.out`),
    };
    this.#waiting.push(waiting);
    this.#record();
    // The caller has its answer before anything else happens.
    setImmediate(() => this.#next());
    return waiting;
  }

  /** Takes no more from the queue; what is under way ends with its container. */
  stop(): void {
    this.#isStopped = true;
    this.#waiting.length = 0;
  }

  #next(): void {
    const most = this.options.settings.concurrent ?? CONCURRENT;
    while (!this.#isStopped && this.#underWay < most) {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) return;
      this.#underWay++;
      void this.#answer(waiting).finally(() => {
        this.#underWay--;
        this.#record();
        this.#next();
      });
    }
  }

  /** Answers one request. Never rejects. */
  async #answer(waiting: WaitingRequest): Promise<void> {
    const { metrics } = this.options.variant;
    const waitedMs = Date.now() - waiting.receivedAt.getTime();
    metrics.record("TimeInBacklog", waitedMs);
    const isExpired = waitedMs > waiting.request.ttlSeconds * 1000;
    metrics.record("ExpiredRequests", isExpired ? 1 : 0);
    const outcome = isExpired
      ? { failure: `The request waited longer than its RequestTTLSeconds, ${waiting.request.ttlSeconds}.` }
      : await this.#invoke(waiting);
    metrics.record("InvocationsProcessed", 1);
    metrics.record("InvocationFailures", "failure" in outcome ? 1 : 0);
    await this.#tell(waiting, outcome).catch((error: unknown) => this.#log(waiting, error));
  }

  async #invoke(waiting: WaitingRequest): Promise<AsyncOutcome> {
    const { plane, variant, limits = SERVICE_LIMITS.sagemaker.options.async } = this.options;
    const { headers, timeoutSeconds, body, input } = waiting.request;
    const maxBytes = limits.payloadBytes;
    try {
      const asked = input === undefined ? body : objectBody(plane, input, maxBytes);
      const invocation = { headers, body: asked, timeoutMs: timeoutSeconds * 1000, maxBytes };
      const nothing = { targetModel: undefined, targetContainer: undefined };
      const { answer } = await invokeVariant(variant, nothing, invocation);
      await this.#store(waiting.outputLocation, answer);
      return { answer };
    } catch (error) {
      this.#log(waiting, error);
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async #store(address: string, { body, headers }: Pick<ContainerAnswer, "body" | "headers">): Promise<void> {
    const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(address) ?? [];
    const type = headers["content-type"];
    await this.options.plane.store.put(bucket, key, body, {
      headers: { ...(type !== undefined && { "content-type": type }) },
    });
  }

  /** Leaves a failure where it is looked for, and tells the topics. */
  async #tell(waiting: WaitingRequest, outcome: AsyncOutcome): Promise<void> {
    const { plane, settings, endpointName } = this.options;
    const isFailure = "failure" in outcome;
    if (isFailure && waiting.failureLocation !== undefined) {
      const body = Buffer.from(JSON.stringify({ message: outcome.failure }));
      await this.#store(waiting.failureLocation, { body, headers: { "content-type": "application/json" } });
    }
    const arn = isFailure ? settings.errorTopic : settings.successTopic;
    if (arn === undefined) return;
    const topic = plane.all(LocalTopic).find((one) => one.settings.arn === arn);
    if (topic === undefined) return plane.log(endpointName, `topic ${arn} does not run here: it hears nothing`);
    const carriesAnswer = isFailure ? settings.errorCarriesAnswer : settings.successCarriesAnswer;
    topic.publish(
      JSON.stringify(asyncNotification(waiting, outcome, { endpointName, cloud: plane.cloud, carriesAnswer })),
    );
  }

  #log({ inferenceId }: WaitingRequest, error: unknown): void {
    const { plane, endpointName } = this.options;
    plane.log(endpointName, `${inferenceId}: ${error instanceof Error ? error.message : error}`);
  }

  #record(): void {
    this.options.variant.metrics.record("ApproximateBacklogSize", this.backlog);
  }
}

function addressOf(folder: S3Location, extension: string | undefined, name: string): string {
  const { bucket, prefix } = asFolder(folder);
  return `s3://${bucket}/${prefix}${extension === undefined ? "" : `${extension}/`}${name}`;
}

/** What an object says, as the body of a request. @throws RuntimeError ValidationError when there is none, or it is too large */
function objectBody({ store }: LocalPlane, { bucket, prefix: key }: S3Location, maxBytes: number): StreamedBody {
  const version = store.hasBucket(bucket) ? store.find(bucket, key) : undefined;
  if (version === undefined || version.deleteMarker) {
    throw new RuntimeError(
      "ValidationError",
      `Failed to download the request: there is no object s3://${bucket}/${key}.`,
    );
  }
  if (version.size > maxBytes) {
    const given = `s3://${bucket}/${key} has ${version.size} bytes`;
    throw new RuntimeError("ValidationError", `The request is too large: ${given}; allowed: ${maxBytes}.`);
  }
  return {
    bytes: version.size,
    open: () => store.read(bucket, version),
  };
}
