/** Errors that the SageMaker control plane answers with: type → HTTP status, name of the body's message. */
const ERRORS = {
  ResourceNotFound: [400, "Message"],
  ResourceInUse: [400, "Message"],
  ConflictException: [400, "Message"],
  ValidationException: [400, "message"],
  SerializationException: [400, "Message"],
  UnknownOperationException: [400, "message"],
  InvalidSignatureException: [403, "message"],
} as const satisfies Record<string, readonly [status: number, messageName: string]>;

/**
 * An error of the SageMaker control plane
 * (docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html and the operations' own).
 */
export class SageMakerError extends Error {
  /** HTTP status. */
  readonly status: number;
  readonly #messageName: string;

  constructor(
    readonly type: keyof typeof ERRORS,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "SageMakerError";
    [this.status, this.#messageName] = ERRORS[type];
  }

  /** What a client reads. */
  get body(): Readonly<Record<string, string>> {
    return { __type: this.type, [this.#messageName]: this.message };
  }
}
