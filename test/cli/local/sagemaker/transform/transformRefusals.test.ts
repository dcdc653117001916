import { deepEqual, match } from "node:assert/strict";
import { CreateTransformJobCommand, DescribeTransformJobCommand } from "@aws-sdk/client-sagemaker";
import { sagemakerRefusal } from "../sagemakerClient";
import { BUCKET, type Changes, TransformPlane } from "./transformPlane";

describe("a transform job that cannot be done", () => {
  let transform: TransformPlane;

  before(async () => {
    transform = await TransformPlane.start((_, model, image) => {
      model("lost", { primaryContainer: { image, modelDataUrl: `s3://${BUCKET}/nowhere.tar.gz` } });
      model("several", { containers: [{ image }, { image }] });
      model("many", { primaryContainer: { image, mode: "MultiModel", modelDataUrl: `s3://${BUCKET}/models/` } });
    });
    deepEqual(transform.plane.skipped, []);
  });

  after(() => transform.stop());

  it("fails with what is wrong with its data", async () => {
    await transform.put("bad/a", "bad");
    await transform.put("large/a", "x".repeat(2 * 1024 * 1024));
    await transform.put("text/a", "no JSON");
    await transform.put("zip/a", "no gzip");
    await transform.put("apart/a", "short\nshort");
    const json = { ContentType: "application/json" };
    const join = { job: { DataProcessing: { JoinSource: "Input" } } } as const;
    const reasons = await Promise.all([
      transform.run("bad/"),
      transform.run("large/", { job: { MaxPayloadInMB: 1 } }),
      transform.run("text/", { ...join, input: json }),
      transform.run("text/", { job: { DataProcessing: { InputFilter: "$.a" } }, input: json }),
      transform.run("zip/", { input: { CompressionType: "Gzip" } }),
      transform.run("apart/", { ...join, input: { ContentType: "text/csv" } }),
      transform.run("none/"),
      transform.run("bad/", { output: { S3OutputPath: "s3://nowhere/out" } }),
      transform.run("bad/", { job: { ModelName: "lost" } }),
      transform.run("bad/", { job: { ModelName: "several" } }),
      transform.run("bad/", { job: { ModelName: "many" } }),
    ]);
    deepEqual(
      reasons.map(({ TransformJobStatus }) => TransformJobStatus),
      reasons.map(() => "Failed"),
    );
    const expected = [
      /^ClientError: a: the model answered 400: a bad record$/,
      /a: given a record of 2097152 bytes; allowed: 1048576, MaxPayloadInMB$/,
      /"1,x" is not JSON|"no JSON" is not JSON/,
      /"no JSON" is not JSON/,
      /zip\/a cannot be unpacked: incorrect header check/,
      /answered 1 lines for 2 records; what filters or joins needs one for each/,
      /No S3 objects found under S3 URL "s3:\/\/batch-bucket\/none\/"/,
      /NoSuchBucket/,
      /Failed to download model data\(bucket: batch-bucket, key: nowhere.tar.gz\)/,
      /model several has 2 containers; allowed here: one container of one model/,
      /model many has many models/,
    ];
    for (const [index, reason] of reasons.entries()) match(reason.FailureReason ?? "", expected[index] ?? /^$/);
  });

  it("is refused at once where it asks for what does not run here, with every problem", async () => {
    const message = await sagemakerRefusal(
      transform.client.send(
        new CreateTransformJobCommand(
          transform.request("lines/", {
            job: {
              MaxPayloadInMB: 0,
              DataProcessing: { InputFilter: "$..a", OutputFilter: "$[*]", JoinSource: "None" },
            },
            input: { SplitType: "RecordIO", ContentType: "text/csv" },
          }),
        ),
      ),
    );
    for (const part of [
      /^400 ValidationException 4 validation errors detected: /,
      /MaxPayloadInMB: must be 1 or more: 0, which streams in chunks, does not run here/,
      /TransformInput\.SplitType: must be None or Line: RecordIO and TFRecord are not read here/,
      /DataProcessing\.InputFilter: must be a JSONPath of names, numbers and ranges/,
      /DataProcessing\.OutputFilter: must be a JSONPath/,
    ]) {
      match(message, part);
    }
    const refusal = (changes: Changes) =>
      sagemakerRefusal(transform.client.send(new CreateTransformJobCommand(transform.request("lines/", changes))));
    const { TransformJobName = "" } = await transform.run("none/");
    match(
      await refusal({ job: { TransformJobName } }),
      new RegExp(`400 ResourceInUse Transform job ${TransformJobName} already exists`),
    );
    match(await refusal({ job: { ModelName: "nobody" } }), /400 ValidationException Could not find model "nobody"/);
    match(
      await refusal({ job: { MaxConcurrentTransforms: 20, MaxPayloadInMB: 6 } }),
      /MaxConcurrentTransforms times MaxPayloadInMB is 120; allowed: 100 MB/,
    );
    match(
      await refusal({ job: { DataProcessing: { JoinSource: "Input" } } }),
      /DataProcessing: needs the ContentType text\/csv, application\/json or application\/jsonlines/,
    );
    match(
      await sagemakerRefusal(transform.client.send(new DescribeTransformJobCommand({ TransformJobName: "nobody" }))),
      /400 ResourceNotFound Could not find requested job with name: nobody/,
    );
  });
});
