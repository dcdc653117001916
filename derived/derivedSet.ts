/** Where a service is reached, and by whom. Without it the standard AWS environment says so. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Originals, and what one transformation derived from them. */
export interface DerivedSet {
  /** Bucket, or alias or ARN of an access point, with the originals. */
  readonly source: string;
  /** Bucket of the derived objects. */
  readonly derived: string;
  /** Hash of the transformation. */
  readonly hash: string;
  /** Address of the queue of changes, where it is known. */
  readonly queueUrl?: string;
  /** A plane's; absent for AWS, or whatever the standard environment variables name. */
  readonly connection?: Connection;
}
