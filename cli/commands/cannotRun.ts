/** A command could not do what was asked: bad usage, bad configuration, a program that throws. It exits with 2. */
export class CannotRunError extends Error {
  /**
   * @param code stable code for programs, for example `StackNotFound`
   * @param message what was given and what is allowed, in one clear message
   */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CannotRunError";
  }
}
