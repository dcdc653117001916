/** What was asked could not be done: bad usage, bad configuration, a program that throws. Commands exit with 2. */
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
