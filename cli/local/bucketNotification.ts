import { randomBytes } from "node:crypto";
import type { LocalCloud, LocalService } from "./resourceKind";
import type { ObjectChange } from "./s3/objectChange";
import type { ObjectStore } from "./s3/objectStore";
import type { LocalQueue } from "./sqs/localQueue";

/** What of a bucket is told to whom. */
export interface NotificationRule {
  readonly id: string;
  readonly queue: LocalQueue;
  /** Event types, for example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** Beginning and end that keys must have; empty for any. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Tells queues of the changes of one bucket, in S3's own words. */
export class BucketNotification implements LocalService {
  readonly #end: () => void;

  constructor(
    private readonly bucket: string,
    private readonly rules: readonly NotificationRule[],
    private readonly cloud: LocalCloud,
    store: ObjectStore,
  ) {
    for (const { queue } of rules) queue.send(JSON.stringify(this.#testEvent()));
    this.#end = store.onChange((change) => this.#tell(change));
  }

  /** No more is told. */
  async stop(): Promise<void> {
    this.#end();
  }

  #tell(change: ObjectChange): void {
    if (change.bucket !== this.bucket) return;
    const eventName = `${change.kind === "created" ? "ObjectCreated" : "ObjectRemoved"}:${change.cause}`;
    for (const rule of this.rules) {
      const isAsked = rule.events.some((event) => covers(event, `s3:${eventName}`));
      if (!isAsked || !change.key.startsWith(rule.prefix) || !change.key.endsWith(rule.suffix)) continue;
      rule.queue.send(JSON.stringify({ Records: [this.#record(change, eventName, rule.id)] }));
    }
  }

  /** docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
  #record(change: ObjectChange, eventName: string, configurationId: string): object {
    const { partition, region, accountId } = this.cloud;
    const { key, size, etag, versionId, sequencer } = change;
    return {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: region,
      eventTime: new Date().toISOString(),
      eventName,
      userIdentity: { principalId: `AWS:${accountId}` },
      requestParameters: { sourceIPAddress: "127.0.0.1" },
      responseElements: { "x-amz-request-id": requestId(), "x-amz-id-2": requestId() },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId,
        bucket: {
          name: this.bucket,
          ownerIdentity: { principalId: accountId },
          arn: `arn:${partition}:s3:::${this.bucket}`,
        },
        object: {
          key: formEncoded(key),
          ...(change.kind === "created" && { size, eTag: etag }),
          ...(versionId !== undefined && versionId !== "null" && { versionId }),
          sequencer,
        },
      },
    };
  }

  #testEvent(): object {
    return {
      Service: "Amazon S3",
      Event: "s3:TestEvent",
      Time: new Date().toISOString(),
      Bucket: this.bucket,
      RequestId: requestId(),
      HostId: requestId(),
    };
  }
}

/** Keys in events are encoded as forms are: `+` for a space, slashes as they are. */
export function formEncoded(key: string): string {
  return encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");
}

function covers(asked: string, event: string): boolean {
  return asked === event || (asked.endsWith("*") && event.startsWith(asked.slice(0, -1)));
}

function requestId(): string {
  return randomBytes(8).toString("hex").toUpperCase();
}
