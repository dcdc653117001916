/** Errors of SageMaker Runtime and their HTTP statuses, from its service model (botocore `sagemaker-runtime/2017-05-13`). */
const STATUS = {
  ValidationError: 400,
  ModelError: 424,
  ModelNotReadyException: 429,
  /** Of every service (docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html). */
  ThrottlingException: 400,
  InternalFailure: 500,
  ServiceUnavailable: 503,
  InternalDependencyException: 530,
  /** Of every service: a request that is not signed as it must be. */
  InvalidSignatureException: 403,
} as const;

/** Most characters of a message, the shape `Message`. */
export const MESSAGE_CHARACTERS = 2048;

/** What a container answered that made a ModelError. */
export interface OriginalAnswer {
  readonly OriginalStatusCode: number;
  readonly OriginalMessage: string;
  readonly LogStreamArn: string;
  readonly ErrorCode: string;
}

/** An error of SageMaker Runtime (docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html). */
export class RuntimeError extends Error {
  readonly status: number;

  /** @param original what the container answered; only of a ModelError */
  constructor(
    readonly type: keyof typeof STATUS,
    message: string,
    readonly original?: OriginalAnswer,
  ) {
    super(message.slice(0, MESSAGE_CHARACTERS));
    this.name = "RuntimeError";
    this.status = STATUS[type];
  }

  /** What a client reads. */
  get body(): Readonly<Record<string, string | number>> {
    return { Message: this.message, ...this.original };
  }
}
