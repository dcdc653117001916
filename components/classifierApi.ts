import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ClassifyEnvironment, ClassifyHandler } from "../contracts/classifyEnvironment";
import { checkClassifierApiArgs } from "./checkedClassifierApiArgs";
import { classifierAlias } from "./classifierAlias";
import { ApiAuthorization, ApiFront, type ClassifierApiArgs } from "./classifierApiArgs";
import { classifierBucket } from "./classifierBucket";
import { classifierEnvironment, classifierFunction } from "./classifierFunction";
import { classifierFunctionUrl } from "./classifierFunctionUrl";
import { classifierHttpApi } from "./classifierHttpApi";
import { readObjects } from "./classifierObjects";
import { watchClassifier } from "./classifierOperation";
import { classifierKeyStatements, classifierPolicy } from "./classifierPolicies";
import { classifierStream } from "./classifierStream";

/**
 * Pictures classified without a server: a Graviton function with ONNX Runtime behind an HTTP API or a function URL, and a
 * queue for those who need not wait. Nothing is paid while nothing is asked. `GET ?imagelink=` classifies a linked picture,
 * `GET` alone the default one, `POST` the one that is sent.
 *
 * @example
 * const animals = new ClassifierApi("animals", { modelPath: "animals.onnx", labelsPath: "animals.json" });
 * export const url = animals.url;
 */
export class ClassifierApi extends pulumi.ComponentResource {
  /** Address that answers GET and POST; with a slash at its end. */
  public readonly url: pulumi.Output<string>;
  /** IAM policy that a caller needs, as JSON. Absent unless `authorization` is `iam`. */
  public readonly callerPolicy?: pulumi.Output<string>;
  /** ARN of the function that answers. */
  public readonly functionArn: pulumi.Output<string>;
  /** Name of the function that answers. */
  public readonly functionName: pulumi.Output<string>;
  /** `s3://` address of the model. */
  public readonly modelUri: pulumi.Output<string>;
  /** Name of the component's bucket. Absent when model, labels, pictures and results are all elsewhere. */
  public readonly bucketName?: pulumi.Output<string>;
  /** Address of the queue of pictures. Absent without `stream`, as are the next five. */
  public readonly queueUrl?: pulumi.Output<string>;
  /** ARN of that queue. */
  public readonly queueArn?: pulumi.Output<string>;
  /** ARN of the queue of pictures that could not be classified. */
  public readonly deadLetterQueueArn?: pulumi.Output<string>;
  /** `s3://` addresses of the folders whose pictures messages may name. */
  public readonly pictureUris?: pulumi.Output<string[]>;
  /** `s3://` address of the folder that results are written to. Absent with results to a queue. */
  public readonly resultsUri?: pulumi.Output<string>;
  /** Address of the queue that results are sent to. Absent with results to a bucket. */
  public readonly resultsQueueUrl?: pulumi.Output<string>;
  /** What the policy of the given KMS key must say, as a JSON list of statements. Absent without `kmsKeyArn`. */
  public readonly keyPolicyStatements?: pulumi.Output<string>;

  /**
   * @param name unique in the stack: lower-case letters, digits and hyphens, at most 40
   * @throws pulumi.InputPropertiesError with every problem of the arguments at once
   */
  constructor(name: string, args: ClassifierApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("frugal-ml:index:ClassifierApi", name, args, opts);
    const checked = checkClassifierApiArgs(name, args);
    const { tags, kmsKeyArn } = checked;
    if (checked.authorization === ApiAuthorization.Open) {
      const who = "everyone who knows its address may call it, and decides what it costs";
      pulumi.log.warn(`ClassifierApi ${name} is open: ${who}`, this);
    }

    const bucket = classifierBucket(name, args.forceDestroy ?? false, checked, this);
    const objects = readObjects(name, checked.objects, bucket, tags, this);
    const { model, labels, defaultImage } = objects;
    const environment = classifierEnvironment(args, checked, objects);

    const answering = classifierFunction(
      name,
      checked,
      {
        description: "Classifies pictures.",
        handler: ClassifyHandler.Http,
        timeout: checked.timeout,
        reservedConcurrency: checked.reservedConcurrency,
        publish: checked.provisionedConcurrency > 0,
        environment: {
          ...environment,
          ...(defaultImage && { [ClassifyEnvironment.DefaultImage]: defaultImage.uri }),
        },
      },
      this,
    );
    const { lambda, role } = answering;
    const read = [model.uri, labels.uri];
    const subject = {
      logGroupArn: answering.logs.arn,
      objects: defaultImage === undefined ? read : [...read, defaultImage.uri],
      kmsKeyArn,
    };
    new aws.iam.RolePolicy(
      `${name}-role-policy`,
      { role: role.id, policy: classifierPolicy(subject) },
      { parent: this },
    );
    const alias = classifierAlias(name, lambda, checked.provisionedConcurrency, this);
    const front =
      checked.front === ApiFront.HttpApi
        ? classifierHttpApi(name, args, checked, { lambda, alias }, this)
        : classifierFunctionUrl(name, checked, { lambda, alias }, this);

    const stream =
      checked.stream &&
      classifierStream(name, { checked, stream: checked.stream, bucket, objects: read, environment }, this);
    watchClassifier(name, args, checked, { lambda, api: front.api, stream }, this);

    this.url = front.url;
    if (front.callerPolicy) this.callerPolicy = front.callerPolicy;
    this.functionArn = lambda.arn;
    this.functionName = lambda.name;
    this.modelUri = model.uri;
    if (bucket) this.bucketName = bucket.id;
    if (stream) {
      this.queueUrl = stream.queue.url;
      this.queueArn = stream.queue.arn;
      this.deadLetterQueueArn = stream.deadLetters.arn;
      this.pictureUris = pulumi.all([...stream.pictureUris]);
      if (stream.resultsUri) this.resultsUri = stream.resultsUri;
      if (stream.resultsQueue) this.resultsQueueUrl = stream.resultsQueue.url;
    }
    if (kmsKeyArn !== undefined) {
      const roles = [
        { arn: role.arn, subject },
        ...(stream ? [{ arn: stream.role.arn, subject: stream.subject }] : []),
      ];
      this.keyPolicyStatements = classifierKeyStatements(roles);
    }
    const { url, callerPolicy, functionArn, functionName, modelUri, bucketName, queueUrl, queueArn } = this;
    const { deadLetterQueueArn, pictureUris, resultsUri, resultsQueueUrl, keyPolicyStatements } = this;
    this.registerOutputs({
      ...{ url, callerPolicy, functionArn, functionName, modelUri, bucketName, queueUrl, queueArn },
      ...{ deadLetterQueueArn, pictureUris, resultsUri, resultsQueueUrl, keyPolicyStatements },
    });
  }
}
