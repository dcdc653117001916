/** Errors that the queue service answers with: type → status, older code of the query protocol. */
const ERRORS = {
  QueueDoesNotExist: [400, "AWS.SimpleQueueService.NonExistentQueue"],
  ReceiptHandleIsInvalid: [400, "ReceiptHandleIsInvalid"],
  MessageNotInflight: [400, "AWS.SimpleQueueService.MessageNotInflight"],
  InvalidMessageContents: [400, "InvalidMessageContents"],
  InvalidParameterValue: [400, "InvalidParameterValue"],
  EmptyBatchRequest: [400, "AWS.SimpleQueueService.EmptyBatchRequest"],
  TooManyEntriesInBatchRequest: [400, "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"],
  BatchEntryIdsNotDistinct: [400, "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"],
  BatchRequestTooLong: [400, "AWS.SimpleQueueService.BatchRequestTooLong"],
  UnsupportedOperation: [400, "AWS.SimpleQueueService.UnsupportedOperation"],
  InvalidSignatureException: [403, "InvalidSignatureException"],
} as const satisfies Record<string, readonly [status: number, queryCode: string]>;

/** An error of the queue service (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html). */
export class SqsError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Code by which clients of the older query protocol know it. */
  readonly queryCode: string;

  constructor(
    readonly type: keyof typeof ERRORS,
    message: string,
  ) {
    super(message);
    this.name = "SqsError";
    [this.status, this.queryCode] = ERRORS[type];
  }
}
