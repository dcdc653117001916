import type { CheckedInputs, InputRule } from "./checkedInputs";
import type { NormalizingAccessPointArgs } from "./normalizingAccessPointArgs";

/** A general purpose bucket (docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). */
const BUCKET_NAME: InputRule<string> = {
  allowed: "the name of a bucket, 3 to 63 lower-case letters, digits, dots and hyphens",
  test: (value) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
};

const ACCOUNT_ID: InputRule<string> = {
  allowed: "the 12 digits of an account",
  test: (value) => /^\d{12}$/.test(value),
};

/** A principal of IAM that a policy may name; anything else makes S3 refuse the policy while the stack is updated. */
const READER_ARN: InputRule<string> = {
  allowed: "the ARN of a role: arn:aws:iam::<account>:role/<name>",
  test: (value) => /^arn:[a-z-]+:(iam|sts)::\d{12}:\S+$/.test(value),
};

/** Checks which originals are read, and by whom. */
export function checkOriginals(args: NormalizingAccessPointArgs, checks: CheckedInputs): void {
  checks.optional("bucket", args.bucket, BUCKET_NAME);
  checks.optional("bucketAccountId", args.bucketAccountId, ACCOUNT_ID);
  if (args.bucketAccountId !== undefined && args.bucket === undefined) {
    checks.add([
      { property: "bucketAccountId", given: "an account without bucket", allowed: "only together with bucket" },
    ]);
  }
  if (args.noncurrentDays !== undefined && args.bucket !== undefined) {
    const allowed = "only without bucket: the lifecycle of a given one is its owner's";
    checks.add([{ property: "noncurrentDays", given: "with bucket", allowed }]);
  }
  for (const [reader, arn] of Object.entries(args.readers ?? {})) {
    checks.plain("readers", reader, {
      allowed: "names of 1 to 32 lower-case letters, digits and hyphens",
      test: (value) => /^[a-z0-9][a-z0-9-]{0,31}$/.test(value),
    });
    checks.input(`readers.${reader}`, arn, READER_ARN);
  }
}
