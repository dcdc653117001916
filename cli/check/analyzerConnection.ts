import { type CallOptions, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerHandshakeRequest,
  AnalyzerInfo,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { PackProcess } from "./packProcess";

/** Largest message, in bytes: the engine's and the policy SDK's limit (400 MB). */
const MAX_MESSAGE = 400 * 1024 * 1024;

type Unary<Q, R> = (
  request: Q,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: R) => void,
) => unknown;

/**
 * The Analyzer protocol with a running pack. Every call ends within the timeout. What older packs do not implement is
 * undefined, as the engine goes on without it.
 * Every method throws CannotRunError `PackTimedOut`, or `PackFailed` with what the pack threw.
 */
export class AnalyzerConnection {
  readonly #client: AnalyzerClient;

  /**
   * @param label the pack's name in messages
   * @param timeout milliseconds for one call
   */
  constructor(
    private readonly pack: PackProcess,
    private readonly label: string,
    private readonly timeout: number,
  ) {
    this.#client = new AnalyzerClient(pack.address, credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE,
      "grpc.max_send_message_length": MAX_MESSAGE,
    });
  }

  async handshake(request: AnalyzerHandshakeRequest): Promise<void> {
    await this.#optional("start", request, (q, m, o, done) => this.#client.handshake(q, m, o, done));
  }

  async configureStack(request: AnalyzerStackConfigureRequest): Promise<void> {
    await this.#optional("be told the stack", request, (q, m, o, done) => this.#client.configureStack(q, m, o, done));
  }

  info(): Promise<AnalyzerInfo> {
    return this.#call("describe itself", new Empty(), (q, m, o, done) => this.#client.getAnalyzerInfo(q, m, o, done));
  }

  async configure(request: ConfigureAnalyzerRequest): Promise<void> {
    await this.#call("be configured", request, (q, m, o, done) => this.#client.configure(q, m, o, done));
  }

  remediate(request: AnalyzeRequest): Promise<RemediateResponse | undefined> {
    const task = `remediate ${request.getUrn()}`;
    return this.#optional(task, request, (q, m, o, done) => this.#client.remediate(q, m, o, done));
  }

  analyze(request: AnalyzeRequest): Promise<AnalyzeResponse> {
    const task = `analyze ${request.getUrn()}`;
    return this.#call(task, request, (q, m, o, done) => this.#client.analyze(q, m, o, done));
  }

  analyzeStack(request: AnalyzeStackRequest): Promise<AnalyzeResponse | undefined> {
    return this.#optional("analyze the stack", request, (q, m, o, done) => this.#client.analyzeStack(q, m, o, done));
  }

  close(): void {
    this.#client.close();
  }

  async #optional<Q, R>(task: string, request: Q, method: Unary<Q, R>): Promise<R | undefined> {
    try {
      return await this.#call(task, request, method);
    } catch (error) {
      if (error instanceof CannotRunError && isUnimplemented(error.cause)) return undefined;
      throw error;
    }
  }

  #call<Q, R>(task: string, request: Q, method: Unary<Q, R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + this.timeout };
      method(request, new Metadata(), options, (error, response) => {
        if (error === null) resolve(response);
        else reject(this.#failure(task, error));
      });
    });
  }

  #failure(task: string, cause: ServiceError): CannotRunError {
    const stderr = this.pack.stderr();
    const said = stderr && `\n${stderr}`;
    if (cause.code === status.DEADLINE_EXCEEDED) {
      const message = `policy pack ${this.label} did not ${task} within ${this.timeout / 1000} s${said}`;
      return new CannotRunError("PackTimedOut", message, { cause });
    }
    const message = `policy pack ${this.label} could not ${task}: ${cause.details}${said}`;
    return new CannotRunError("PackFailed", message, { cause });
  }
}

function isUnimplemented(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === status.UNIMPLEMENTED;
}
