/** A change of a bucket, told after it was committed. */
export interface ObjectChange {
  readonly bucket: string;
  readonly key: string;
  readonly kind: "created" | "deleted";
  /** Last word of S3's event name, as in `ObjectCreated:Put`. */
  readonly cause: "Put" | "Copy" | "CompleteMultipartUpload" | "Delete" | "DeleteMarkerCreated";
  /** Absent when the bucket never was versioned. */
  readonly versionId?: string;
  /** Bytes; 0 when deleted. */
  readonly size: number;
  /** Without quotes; empty when deleted. */
  readonly etag: string;
  /** Hexadecimal; of two changes of one key the later one has the greater one. */
  readonly sequencer: string;
}
