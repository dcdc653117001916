import type { LocalCloud } from "../resourceKind";
import type { ContainerAnswer } from "./containerClient";
import { MESSAGE_CHARACTERS, RuntimeError } from "./runtimeError";

/** Characters of the container's message within SageMaker's own, which has an address to add. */
const QUOTED_CHARACTERS = 1500;

/** Makes the errors that an endpoint gives when its container does not answer 2xx, in SageMaker's words. */
export class ModelErrors {
  constructor(
    private readonly endpointName: string,
    private readonly cloud: LocalCloud,
    /** The container's name in messages: `primary` when it is the only one. */
    private readonly container = "primary",
  ) {}

  /** The container answered something else than 2xx. */
  answered({ status, body }: ContainerAnswer): RuntimeError {
    const message = body.toString("utf8", 0, 4 * MESSAGE_CHARACTERS).slice(0, MESSAGE_CHARACTERS);
    const isClients = status >= 400 && status < 500;
    const code = isClients ? "CLIENT_ERROR_FROM_MODEL" : "SERVER_ERROR_FROM_MODEL";
    return this.#error(isClients ? "client" : "server", status, message, code);
  }

  /** The container did not answer in time. */
  timedOut(): RuntimeError {
    return this.#error(
      "server",
      0,
      `Your invocation timed out while waiting for a response from container ${this.container}. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.`,
      "MODEL_INVOCATION_TIMEOUT",
    );
  }

  /** The container's process ended, or closed the connection, while it had the request. */
  brokeOff(): RuntimeError {
    const message = `The connection to container ${this.container} was closed before it answered.`;
    return this.#error("server", 0, message, "MODEL_CONNECTION_CLOSED");
  }

  /** The container's answer is larger than may be passed on. */
  tooLarge(limit: number): RuntimeError {
    const message = `The response of container ${this.container} is larger than ${limit} bytes.`;
    return this.#error("server", 0, message, "MODEL_RESPONSE_TOO_LARGE");
  }

  #error(side: "client" | "server", status: number, message: string, code: string): RuntimeError {
    const { region, partition, accountId } = this.cloud;
    const group = `/aws/sagemaker/Endpoints/${this.endpointName}`;
    const where = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${group}`;
    return new RuntimeError(
      "ModelError",
      `Received ${side} error (${status}) from ${this.container} with message "${message.slice(0, QUOTED_CHARACTERS)}". See ${where} in account ${accountId} for more information.`,
      {
        ErrorCode: code,
        OriginalStatusCode: status,
        OriginalMessage: message,
        LogStreamArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${group}`,
      },
    );
  }
}
