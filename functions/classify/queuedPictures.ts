import * as z from "zod/mini";
import { ClassifyError } from "./errors";

/** A picture that a message names. */
export type PictureSource = { readonly bucket: string; readonly key: string } | { readonly imagelink: string };

const Link = z.object({ imagelink: z.string().check(z.minLength(1)) });
const Stored = z.object({ bucket: z.string().check(z.minLength(1)), key: z.string().check(z.minLength(1)) });

/** What S3 sends of changes (docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html). */
const Notification = z.object({
  Records: z.array(
    z.object({
      eventName: z._default(z.string(), ""),
      s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
    }),
  ),
});

/** What S3 sends once, when a bucket begins to notify. */
const TestEvent = z.object({ Event: z.literal("s3:TestEvent") });

/**
 * The pictures that a message asks about: `{"imagelink": …}`, `{"bucket": …, "key": …}`, or what S3 sends when objects
 * appear in a bucket, of which removals are left out.
 * @throws ClassifyError InvalidRequest
 */
export function queuedPictures(body: string): readonly PictureSource[] {
  const message = parsed(body);
  const link = Link.safeParse(message);
  if (link.success) return [link.data];
  const stored = Stored.safeParse(message);
  if (stored.success) return [stored.data];
  if (TestEvent.safeParse(message).success) return [];
  const notification = Notification.safeParse(message);
  if (!notification.success) {
    throw new ClassifyError(
      "InvalidRequest",
      "The message must name imagelink, or bucket and key, or be an event of S3.",
    );
  }
  return notification.data.Records.filter(({ eventName }) => !eventName.startsWith("ObjectRemoved:")).map(({ s3 }) => ({
    bucket: s3.bucket.name,
    key: formDecoded(s3.object.key),
  }));
}

/** S3 encodes keys as forms do, with `+` for a space. */
function formDecoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch (cause) {
    throw new ClassifyError("InvalidRequest", "The key is not percent-encoded UTF-8.", { cause });
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ClassifyError("InvalidRequest", "The message is no JSON.", { cause });
  }
}
