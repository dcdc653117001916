import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import type { InputRule } from "./checkedInputs";

/** An image of ECR that cannot change. */
export const PINNED_IMAGE: InputRule<string> = {
  allowed: `an image in ECR pinned by digest, <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hexadecimal digits>, of at most ${SERVICE_LIMITS.sagemaker.imageUriCharacters} characters`,
  test: (value) =>
    /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/.test(value) &&
    value.length <= SERVICE_LIMITS.sagemaker.imageUriCharacters,
};

/** A folder in S3. */
export const S3_FOLDER_URI: InputRule<string> = {
  allowed: "an s3:// address without * ? $ that ends with /: a prefix without it matches its neighbours too",
  test: (value) => /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/([^*?$]*\/)?$/.test(value),
};

/** A key of KMS. */
export const KMS_KEY_ARN: InputRule<string> = {
  allowed: "the ARN of a KMS key, not of an alias: arn:aws:kms:<region>:<account>:key/<id>",
  test: (value) => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(value),
};

/** A model's archive in S3, as SageMaker unpacks it. */
export const MODEL_ARCHIVE_URI: InputRule<string> = {
  allowed: "an s3:// address without * ? $ that ends with .tar.gz",
  test: (value) => /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^*?$]*[^*?$/]\.tar\.gz$/.test(value),
};

/** A topic of SNS. */
export const TOPIC_ARN: InputRule<string> = {
  allowed: "the ARN of an SNS topic that is not FIFO: arn:aws:sns:<region>:<account>:<name>",
  test: (value) => /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(value),
};

/** When something runs, in the words of EventBridge Scheduler. */
export const SCHEDULE_EXPRESSION: InputRule<string> = {
  allowed: "cron(<six fields>) or rate(<value> <unit>), as EventBridge Scheduler takes them",
  test: (value) => /^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|hour|day)s?\))$/.test(value),
};
