/** The archive of the function that classifies, from the repository's root; `index.js` lies at its top. */
export const CLASSIFY_ARCHIVE = "dist/functions/classify.zip";

/** Handlers of the archive, as Lambda names them. */
export const ClassifyHandler = {
  /**
   * Answers API Gateway's HTTP APIs and function URLs, which share payload format 2.0
   * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). Buffered.
   */
  Http: "index.http",
  /** Works through batches of a queue and answers with `batchItemFailures`: the mapping needs `ReportBatchItemFailures`. */
  Stream: "index.stream",
} as const;

/**
 * Environment variables through which a ClassifierApi configures its function. Objects are `s3://<bucket>/<key>`; the role
 * needs `s3:GetObject` on each. What is wrong with any of them is answered with the code `InvalidConfiguration`.
 */
export const ClassifyEnvironment = {
  /** The model in ONNX format, an object. Fetched once per instance: another model is another key, or a new deployment. */
  Model: "FRUGAL_ML_MODEL",
  /** SHA-256 of the model, 64 hexadecimal digits in lower case. A model that differs is never used. */
  ModelSha256: "FRUGAL_ML_MODEL_SHA256",
  /** Labels, an object: a JSON array of texts, one for each output of the model, in their order. */
  Labels: "FRUGAL_ML_LABELS",
  /** SHA-256 of the labels, as of the model. */
  LabelsSha256: "FRUGAL_ML_LABELS_SHA256",
  /** `ClassifierInput` as JSON: what the model expects of a picture. Only what differs from the default need be there. */
  Input: "FRUGAL_ML_CLASSIFIER_INPUT",
  /** `ImageLinkRules` as JSON: whence `imagelink` may fetch. Absent, no link is followed. */
  ImageLink: "FRUGAL_ML_IMAGELINK",
  /** The picture that a GET without `imagelink` classifies, an object. Absent, such a GET is refused. */
  DefaultImage: "FRUGAL_ML_DEFAULT_IMAGE",
  /**
   * Where `index.stream` puts its results: `s3://<bucket>/<prefix>`, for which the role needs `s3:PutObject`, or the URL of
   * a queue, for which it needs `sqs:SendMessage`. Only for `index.stream`, which needs `s3:GetObject` on the pictures.
   */
  Results: "FRUGAL_ML_RESULTS",
  /** `ClassifyLimits` as JSON: only what differs from the default need be there. */
  Limits: "FRUGAL_ML_CLASSIFY_LIMITS",
  /** How many labels are answered, the best first: an integer from 1 to 100. Defaults to 5. */
  TopK: "FRUGAL_ML_TOP_K",
} as const;

/** How many labels are answered when nothing is said. */
export const DEFAULT_TOP_K = 5;
/** Most labels that can be asked for. */
export const MAX_TOP_K = 100;
