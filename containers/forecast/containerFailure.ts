/** Why a command of the container cannot go on; its message reaches the operator as the job's failure reason. */
export class ContainerFailure extends Error {
  /** @param code stable, first word of the failure reason */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ContainerFailure";
  }
}
