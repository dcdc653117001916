import * as z from "zod";
import { SERVICE_LIMITS } from "../../../../contracts/serviceLimits";
import { HostedContainer } from "../../hosting/hostedContainer";
import { HostedModel } from "../../hosting/hostedModel";
import { HOSTING_TIMES } from "../../hosting/hostingTimes";
import { ModelErrors } from "../../hosting/modelErrors";
import { RuntimeError } from "../../hosting/runtimeError";
import { VariantMetrics } from "../../hosting/variantMetrics";
import type { LocalPlane } from "../../localPlane";
import { containerProgram } from "../containerProgram";
import { JobFailure } from "../jobFailure";
import type { TransformRequest } from "./transformRequest";

/** Bytes of an object, unpacked, and of an answer, that are taken here: each is held in memory. */
export const LARGEST_BODY = 1024 * 1024 * 1024;

/** What a container says of itself (docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html). */
const ExecutionParameters = z.object({
  MaxConcurrentTransforms: z.int().min(1).catch(1),
  BatchStrategy: z.enum(["SINGLE_RECORD", "MULTI_RECORD"]).catch("MULTI_RECORD"),
  MaxPayloadInMB: z.int().min(1).catch(SERVICE_LIMITS.sagemaker.options.batchTransform.defaultPayloadMb),
});
export type ExecutionParameters = z.output<typeof ExecutionParameters>;

/** The container of a transform job: the model's, which is asked as an endpoint asks it. */
export class TransformContainer {
  readonly #container: HostedContainer;

  /** @throws JobFailure when there is no such model, or it cannot be asked; LocalPlaneError MissingContainer */
  constructor(
    plane: LocalPlane,
    job: string,
    private readonly request: TransformRequest,
  ) {
    const model = plane.all(HostedModel).find(({ settings }) => settings.name === request.ModelName)?.settings;
    const [container, ...others] = model?.containers ?? [];
    if (container === undefined) throw new JobFailure("Client", `ClientError: no model ${request.ModelName} runs here`);
    if (others.length > 0 || container.mode === "MultiModel") {
      const given = others.length > 0 ? `${others.length + 1} containers` : "many models";
      throw new JobFailure(
        "Client",
        `ClientError: model ${request.ModelName} has ${given}; allowed here: one container of one model`,
      );
    }
    this.#container = new HostedContainer({
      plane,
      owner: job,
      name: job,
      container: { ...container, environment: { ...container.environment, ...request.Environment } },
      program: containerProgram(container.image, plane.options.program),
      times: HOSTING_TIMES,
      metrics: new VariantMetrics(job, "transform"),
      errors: new ModelErrors(job, plane.cloud),
    });
    this.#container.start();
  }

  /** Waits until it is healthy, and asks what it says of itself. @throws JobFailure when it never is */
  async parameters(): Promise<ExecutionParameters> {
    try {
      const life = await this.#container.healthy();
      const { pingMs: timeoutMs } = HOSTING_TIMES;
      const { status, body } = await life.send({ method: "GET", path: "/execution-parameters", timeoutMs });
      return ExecutionParameters.parse(status === 200 ? JSON.parse(body.toString("utf8")) : {});
    } catch (error) {
      if (error instanceof RuntimeError) throw new JobFailure("Algorithm", `AlgorithmError: ${error.message}`);
      // Whoever answers no or nothing sensible has nothing to say.
      return ExecutionParameters.parse({});
    }
  }

  /**
   * Asks it, and again when it failed, as often as the request allows.
   * @param name of what is asked about, for messages
   * @throws JobFailure
   */
  async ask(body: Buffer, name: string): Promise<Buffer> {
    const { ModelClientConfig, TransformInput, TransformOutput } = this.request;
    const headers = {
      ...(TransformInput.ContentType !== undefined && { "content-type": TransformInput.ContentType }),
      ...(TransformOutput.Accept !== undefined && { accept: TransformOutput.Accept }),
    };
    const timeoutMs = ModelClientConfig.InvocationsTimeoutInSeconds * 1000;
    for (let retries = ModelClientConfig.InvocationsMaxRetries; ; retries--) {
      try {
        const { answer } = await this.#container.invoke(undefined, {
          headers,
          body,
          timeoutMs,
          maxBytes: LARGEST_BODY,
        });
        return answer.body;
      } catch (error) {
        if (!(error instanceof RuntimeError)) throw error;
        const status = error.original?.OriginalStatusCode ?? 0;
        const isClients = status >= 400 && status < 500;
        if (!isClients && retries > 0) continue;
        const said = error.original?.OriginalMessage ?? error.message;
        const fault = isClients ? "Client" : "Algorithm";
        throw new JobFailure(fault, `${fault}Error: ${name}: the model answered ${status}: ${said}`);
      }
    }
  }

  /** Ends it. */
  stop(): Promise<void> {
    return this.#container.stop();
  }
}
