/** Longest reason that is told, in characters; docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html */
export const MAX_REASON = 1024;

/** A job failed. The message is its failure reason. */
export class JobFailure extends Error {
  /**
   * @param fault `Client` when the request or its data cannot be used, `Algorithm` when the container failed
   * @param reason why; the first 1,024 characters are kept
   */
  constructor(
    readonly fault: "Client" | "Algorithm",
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason.slice(0, MAX_REASON), options);
    this.name = "JobFailure";
  }
}
