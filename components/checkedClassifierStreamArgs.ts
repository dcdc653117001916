import * as pulumi from "@pulumi/pulumi";
import { SERVICE_LIMITS } from "../contracts/serviceLimits";
import { type CheckedInputs, integerWithin, oneOf } from "./checkedInputs";
import { CLASSIFIER_STREAM_DEFAULTS, type ClassifierStreamArgs, StreamResults } from "./classifierApiArgs";
import { S3_FOLDER_URI } from "./inputRules";

/** A stream's arguments, checked and with defaults. */
export interface CheckedClassifierStreamArgs {
  /** Undefined for the component's own bucket. */
  readonly pictureUris: readonly pulumi.Input<string>[] | undefined;
  readonly results: string;
  /** Undefined for the component's own bucket, or a queue. */
  readonly resultsUri: pulumi.Input<string> | undefined;
  readonly batchSize: pulumi.Input<number>;
  readonly batchWindowSeconds: pulumi.Input<number>;
  readonly maximumConcurrency: pulumi.Input<number>;
  readonly timeout: pulumi.Input<number>;
  readonly maxReceives: pulumi.Input<number>;
}

/** Messages of one event that Lambda hands over without gathering them (API_CreateEventSourceMapping). */
const UNGATHERED = 10;

/** Checks a stream's arguments and fills in the defaults; problems go to `checks`. */
export function checkClassifierStreamArgs(
  args: ClassifierStreamArgs,
  checks: CheckedInputs,
): CheckedClassifierStreamArgs {
  const defaults = CLASSIFIER_STREAM_DEFAULTS;
  const { timeoutSeconds } = SERVICE_LIMITS.lambda;
  if (args.pictureUris !== undefined) {
    checks.plain("stream.pictureUris", args.pictureUris, {
      allowed: "one folder or more, or nothing",
      test: (folders) => folders.length > 0,
    });
  }
  const results = args.results ?? defaults.results;
  checks.plain<string>("stream.results", results, oneOf<string>(Object.values(StreamResults)));
  if (args.resultsUri !== undefined && results === StreamResults.Queue) {
    const allowed = `only together with results ${StreamResults.Bucket}`;
    checks.add([{ property: "stream.resultsUri", given: `with results ${results}`, allowed }]);
  }
  const integer = (
    property: keyof typeof defaults & keyof ClassifierStreamArgs,
    low: number,
    high: number,
    unit = "",
  ) =>
    checks.input<number>(
      `stream.${property}`,
      // Each of these properties is a number by its type; the lookup widens them to the texts beside them.
      (args[property] ?? defaults[property]) as pulumi.Input<number>,
      integerWithin(low, high, unit),
    );
  const checked = {
    pictureUris: args.pictureUris?.map((uri, index) =>
      checks.input(`stream.pictureUris[${index}]`, uri, S3_FOLDER_URI),
    ),
    results,
    resultsUri: checks.optional("stream.resultsUri", args.resultsUri, S3_FOLDER_URI),
    batchSize: integer("batchSize", 1, 10_000, "messages"),
    batchWindowSeconds: integer("batchWindowSeconds", 0, 300, "seconds"),
    // docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    maximumConcurrency: integer("maximumConcurrency", 2, 1000, "executions"),
    timeout: integer("timeout", timeoutSeconds.min, timeoutSeconds.max, "seconds"),
    maxReceives: integer("maxReceives", 1, 1000, "receives"),
  };
  return { ...checked, batchWindowSeconds: gathered(checked, checks) };
}

/** Lambda refuses more messages at once without a time to gather them in. */
function gathered(
  { batchSize, batchWindowSeconds }: Pick<CheckedClassifierStreamArgs, "batchSize" | "batchWindowSeconds">,
  checks: CheckedInputs,
): pulumi.Input<number> {
  const ruleFor = (size: number) => ({
    allowed: `at least 1 second with more than ${UNGATHERED} messages a batch`,
    test: (seconds: number) => seconds > 0 || size <= UNGATHERED,
  });
  const property = "stream.batchWindowSeconds";
  if (typeof batchSize === "number") return checks.input(property, batchWindowSeconds, ruleFor(batchSize));
  // As an output, so that what arrives late is refused when it arrives.
  return pulumi
    .output(batchSize)
    .apply((size) => pulumi.output(checks.input(property, pulumi.output(batchWindowSeconds), ruleFor(size))));
}
