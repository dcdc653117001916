/** Why a customer's model could not be told. */
export const ResolveErrorCode = {
  /** There is no pointer: the customer never had a model, or was erased. */
  UnknownCustomer: "UnknownCustomer",
  /** The id is empty, has a lone surrogate, or is longer than a key may be. */
  InvalidCustomer: "InvalidCustomer",
  /** There is an object, but it does not say which model of this customer is current. */
  MalformedPointer: "MalformedPointer",
  /** S3 refuses. It also does so for a pointer that is not there, when the caller may not list the folder. */
  AccessDenied: "AccessDenied",
  /** Anything else that S3 answered, or that no answer came. */
  ReadFailed: "ReadFailed",
} as const;
export type ResolveErrorCode = (typeof ResolveErrorCode)[keyof typeof ResolveErrorCode];

/** A customer's model that could not be told. */
export class ResolveError extends Error {
  constructor(
    readonly customer: string,
    readonly code: ResolveErrorCode,
    message: string,
    // Spelled out: a program that is compiled for ES2020 has no ErrorOptions.
    options?: { readonly cause?: unknown },
  ) {
    super(`${code}: ${message}`, options);
    this.name = "ResolveError";
  }
}
