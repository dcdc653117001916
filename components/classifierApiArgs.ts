import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_TOP_K } from "../contracts/classifyEnvironment";
import type { CostAllocationArgs } from "./costAllocation";
import type { AlarmThresholdArgs } from "./normalizingAccessPointArgs";

/** What stands before the function of a ClassifierApi. */
export const ApiFront = {
  /** An HTTP API of API Gateway: throttled, with access logs, signed or with a JWT. It waits 30 seconds and charges for each request. */
  HttpApi: "http-api",
  /** A function URL: no charge of its own, up to 15 minutes, signed. */
  FunctionUrl: "function-url",
} as const;

/** Who may call a ClassifierApi. */
export const ApiAuthorization = {
  /** Requests signed with keys of IAM principals who have `callerPolicy`. */
  Iam: "iam",
  /** Requests with a token of `jwtIssuer`; HTTP APIs only. */
  Jwt: "jwt",
  /** Everyone who knows the address. Somebody else then decides what it costs. */
  Open: "open",
} as const;

/** Where a stream's results go. */
export const StreamResults = {
  /** One JSON object for each message. */
  Bucket: "bucket",
  /** One message for each message. */
  Queue: "queue",
} as const;

/** What a model expects of a picture; see `ClassifierInput`. Its first input is one picture, float32. */
export interface ClassifierInputArgs {
  /** Width in pixels, 1 to 2048. Defaults to 299. */
  width?: number;
  /** Height in pixels, 1 to 2048. Defaults to 299. */
  height?: number;
  /** `rgb`, `bgr` or `grey`. Defaults to `rgb`. */
  channels?: string;
  /** `nhwc` (TensorFlow) or `nchw` (PyTorch). Defaults to `nhwc`. */
  layout?: string;
  /** `fill` stretches the picture, `cover` fills and crops the middle. Defaults to `fill`. */
  fit?: string;
  /** Subtracted from each sample (0 to 255): one number, or one for each channel. Defaults to 127.5. */
  mean?: number[];
  /** What the difference is multiplied by: one number, or one for each channel. Defaults to 1/127.5. */
  scale?: number[];
  /** What the model's output is: `probabilities` or `logits`. Defaults to `probabilities`. */
  output?: string;
}

/** What one picture may cost. */
export interface ClassifierLimitArgs {
  /** Bytes of a picture, 1 to 67108864. Defaults to 10 MiB; of a POST Lambda takes 6 MiB at most, base64 included. */
  bytes?: number;
  /** Pixels of a decoded picture, 1 to 500000000. Defaults to 50 million. */
  pixels?: number;
  /** Milliseconds in which a linked picture must have arrived, 100 to 60000. Defaults to 5000. */
  linkMs?: number;
  /** Redirects that are followed, 0 to 10. Defaults to 3. */
  redirects?: number;
}

/** A queue of pictures that are classified as they come. */
export interface ClassifierStreamArgs {
  /** `s3://` addresses of the folders whose pictures messages may name, each ending with `/`. Defaults to `pictures/` of the component's bucket. */
  pictureUris?: pulumi.Input<string>[];
  /** Where results go: `bucket` or `queue`, see `StreamResults`. Defaults to `bucket`. */
  results?: string;
  /** `s3://` address of the folder that results are written to, ending with `/`; only with `bucket`. Defaults to `results/` of the component's bucket. */
  resultsUri?: pulumi.Input<string>;
  /** Most messages that the function is given at once, 1 to 10000. Defaults to 10. */
  batchSize?: pulumi.Input<number>;
  /** Seconds for which messages are gathered, 0 to 300; at least 1 above 10 messages. Defaults to 0. */
  batchWindowSeconds?: pulumi.Input<number>;
  /** Most executions at once that the queue may cause, 2 to 1000. Defaults to 10. */
  maximumConcurrency?: pulumi.Input<number>;
  /** Longest a batch may take, in seconds, 1 to 900; a message is hidden six times as long. Defaults to 120. */
  timeout?: pulumi.Input<number>;
  /** Receives after which a message goes to the dead letters, 1 to 1000. Defaults to 5. */
  maxReceives?: pulumi.Input<number>;
}

/** Arguments of a ClassifierApi. */
export interface ClassifierApiArgs {
  /** Path of the model in ONNX format, which is uploaded under its SHA-256. Defaults to none: then `modelUri` is given. */
  modelPath?: string;
  /** `s3://` address of the model in ONNX format; only together with `modelSha256`. Defaults to none: then `modelPath` is given. */
  modelUri?: pulumi.Input<string>;
  /** SHA-256 of the model at `modelUri`, 64 hexadecimal digits: another model is never used. Defaults to that of `modelPath`. */
  modelSha256?: pulumi.Input<string>;
  /** Path of the labels, a JSON array of texts in the order of the model's outputs. Defaults to none: then `labelsUri` is given. */
  labelsPath?: string;
  /** `s3://` address of the labels; only together with `labelsSha256`. Defaults to none: then `labelsPath` is given. */
  labelsUri?: pulumi.Input<string>;
  /** SHA-256 of the labels at `labelsUri`. Defaults to that of `labelsPath`. */
  labelsSha256?: pulumi.Input<string>;
  /** Path of the picture that a GET without `imagelink` classifies. Defaults to none: such a GET is refused. */
  defaultImagePath?: string;
  /** `s3://` address of that picture. Defaults to none. */
  defaultImageUri?: pulumi.Input<string>;
  /** What the model expects of a picture. Defaults to what Inception v3 of Keras expects. */
  input?: ClassifierInputArgs;
  /** How many labels are answered, the best first, 1 to 100. Defaults to 5. */
  topK?: pulumi.Input<number>;
  /** What one picture may cost. Defaults to its properties' defaults. */
  limits?: ClassifierLimitArgs;
  /** Hosts that `imagelink` may fetch from: names, `*.example.com`, or `*` for any that is public. Defaults to none: no link is followed. */
  imageLinkHosts?: string[];
  /** Schemes of links: `https`, `http`; only with `imageLinkHosts`. Defaults to `https` alone. */
  imageLinkSchemes?: string[];
  /** What stands before the function: `http-api` or `function-url`, see `ApiFront`. Defaults to `http-api`. */
  front?: string;
  /** Who may call: `iam`, `jwt` or `open`, see `ApiAuthorization`. Defaults to `iam`. */
  authorization?: string;
  /** Issuer of tokens, an https address; only with `jwt`. Defaults to none. */
  jwtIssuer?: pulumi.Input<string>;
  /** Audiences that tokens must be for, one of them; only with `jwt`. Defaults to none. */
  jwtAudiences?: pulumi.Input<string>[];
  /** Requests a second that the HTTP API lets through, 1 to 10000. Defaults to 50. */
  throttleRate?: pulumi.Input<number>;
  /** Requests at once that the HTTP API lets through, 1 to 5000. Defaults to 100. */
  throttleBurst?: pulumi.Input<number>;
  /**
   * Memory of the functions in MB, 128 to 10240. Defaults to 1769, one whole vCPU: below it a model takes longer for the
   * same price.
   */
  memorySize?: pulumi.Input<number>;
  /** Longest an answer may take, in seconds, 1 to 30 and with `function-url` to 900. Defaults to 29, since an HTTP API waits 30. */
  timeout?: pulumi.Input<number>;
  /** Room below `/tmp` in MB, 512 to 10240. Defaults to 512, or to what a larger model at `modelPath` needs. */
  ephemeralStorageMb?: pulumi.Input<number>;
  /** Runtime of the functions: `nodejs24.x` or `nodejs22.x`. Defaults to `nodejs24.x`. */
  runtime?: pulumi.Input<string>;
  /** Executions reserved for the function that answers, 0 to 10000; 0 stops it. Defaults to none reserved. */
  reservedConcurrency?: pulumi.Input<number>;
  /** Instances that are always warm, 0 to 10000, behind an alias; they are paid for whether they are asked or not. Defaults to 0. */
  provisionedConcurrency?: number;
  /** A queue of pictures besides. Defaults to none. */
  stream?: ClassifierStreamArgs;
  /**
   * ARN of the KMS key that encrypts what is created (bucket, queues) and, where they are given, model, labels and pictures.
   * Its policy must have `keyPolicyStatements`. Defaults to keys of S3's and SQS's own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** ARN of the KMS key that encrypts logs; its policy must already let CloudWatch Logs use it. Defaults to CloudWatch's own. */
  logKmsKeyArn?: pulumi.Input<string>;
  /** Days that logs are kept; a retention that CloudWatch Logs takes. Defaults to 30. */
  logRetentionDays?: pulumi.Input<number>;
  /** Whether alarms watch failures, the slowest answers, throttles and the dead letters. Defaults to false. */
  alarms?: boolean;
  /** ARNs of the SNS topics that alarms notify; only with `alarms`. Defaults to none. */
  alarmTopics?: pulumi.Input<string>[];
  /** From where on alarms sound; only with `alarms`. Defaults to its properties' defaults. */
  alarmThresholds?: AlarmThresholdArgs;
  /** Delete the created bucket even when it holds objects. Defaults to false. */
  forceDestroy?: pulumi.Input<boolean>;
  /** Environment and cost centre for the cost allocation tags. Defaults to neither. */
  costAllocation?: CostAllocationArgs;
  /** Further tags of every resource. Defaults to none. */
  tags?: Record<string, string>;
}

/** Defaults of the arguments, as their descriptions say them. */
export const CLASSIFIER_API_DEFAULTS = {
  front: ApiFront.HttpApi,
  authorization: ApiAuthorization.Iam,
  topK: DEFAULT_TOP_K,
  throttleRate: 50,
  throttleBurst: 100,
  memorySize: 1769,
  timeout: 29,
  ephemeralStorageMb: 512,
  runtime: "nodejs24.x",
  provisionedConcurrency: 0,
  logRetentionDays: 30,
} as const;

/** Defaults of a stream's arguments, as their descriptions say them. */
export const CLASSIFIER_STREAM_DEFAULTS = {
  results: StreamResults.Bucket,
  batchSize: 10,
  batchWindowSeconds: 0,
  maximumConcurrency: 10,
  timeout: 120,
  maxReceives: 5,
} as const;
