/** A stack, or a part of it, cannot run on this machine. */
export class LocalPlaneError extends Error {
  /**
   * @param code stable code for programs, for example `PortInUse`
   * @param message what was given and what is allowed
   */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "LocalPlaneError";
  }
}
