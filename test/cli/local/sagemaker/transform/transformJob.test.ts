import { deepEqual, equal, match } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import {
  CreateTransformJobCommand,
  DescribePipelineExecutionCommand,
  DescribeTransformJobCommand,
  ListPipelineExecutionStepsCommand,
  ListTransformJobsCommand,
  StartPipelineExecutionCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { LocalPipeline } from "../../../../../cli/local/sagemaker/localPipeline";
import { StartedTransform } from "../../../../../cli/local/sagemaker/transform/startedTransform";
import { transformPipelineDefinition } from "../../../../../components/batchTransformPipeline";
import { sagemakerRefusal } from "../sagemakerClient";
import { BUCKET, ROLE, TransformPlane } from "./transformPlane";

describe("a transform job", () => {
  let transform: TransformPlane;

  before(async () => {
    transform = await TransformPlane.start((stack, model, image) => {
      model("tells", {
        primaryContainer: {
          image,
          environment: { FAKE_PARAMETERS: '{"BatchStrategy":"SINGLE_RECORD"}', FAKE_MS: "5" },
        },
      });
      model("slow", { primaryContainer: { image, environment: { FAKE_MS: "60000" } } });
      stack.add("aws:sagemaker/pipeline:Pipeline", "nightly", {
        pipelineName: "nightly",
        pipelineDefinition: transformPipelineDefinition({
          ...{ splitType: "Line", assembleWith: "Line", batchStrategy: "MultiRecord", gzip: false },
          ...{ contentType: "text/csv", accept: undefined, joinInput: true },
          ...{ inputFilter: "$[1:]", outputFilter: "$[0,-1]", hasKey: false, tags: {} },
          ...{ maxConcurrentTransforms: 2, maxPayloadMb: 6, invocationTimeoutSeconds: 600, invocationRetries: 3 },
          ...{ instanceType: "ml.m5.large", instanceCount: 1 },
        }),
        roleArn: ROLE,
      });
    });
    deepEqual(transform.plane.skipped, []);
  });

  after(() => transform.stop());

  it("asks about every line below a prefix, many at once, and keeps each object's path", async () => {
    await transform.put("lines/a.csv", "1,2\n3\r\n\n4,5,6");
    await transform.put("lines/deep/b.csv", "7\n");
    await transform.put("lines/", "");
    const described = await transform.run("lines/");
    deepEqual([described.TransformJobStatus, described.FailureReason], ["Completed", undefined]);
    equal(await transform.read("out/lines/a.csv.out"), "2,x\n1,x\n3,x\n");
    equal(await transform.read("out/lines/deep/b.csv.out"), "1,x\n");
    const { TransformJobSummaries = [] } = await transform.client.send(
      new ListTransformJobsCommand({ NameContains: "job-1" }),
    );
    deepEqual(
      TransformJobSummaries.map(({ TransformJobName, TransformJobStatus }) => [TransformJobName, TransformJobStatus]),
      [["job-1", "Completed"]],
    );
  });

  it("asks about whole objects, unpacked, with the types that it was given", async () => {
    await transform.put("whole/a", gzipSync("headers"));
    await transform.run("whole/", {
      input: { SplitType: "None", CompressionType: "Gzip", ContentType: "text/plain" },
      output: { AssembleWith: "None", Accept: "text/csv" },
    });
    const headers = JSON.parse(await transform.read("out/whole/a.out")) as Record<string, string>;
    deepEqual([headers["content-type"], headers["accept"]], ["text/plain", "text/csv"]);
  });

  it("asks one record at a time where the request, or the container, says so, and fills payloads otherwise", async () => {
    await transform.put("pairs/a", "short\nshort");
    await transform.run("pairs/", { output: { S3OutputPath: `s3://${BUCKET}/packed` } });
    await transform.run("pairs/", { job: { BatchStrategy: "SingleRecord" } });
    await transform.run("pairs/", { job: { ModelName: "tells" }, output: { S3OutputPath: `s3://${BUCKET}/told` } });
    deepEqual(
      [
        await transform.read("packed/a.out"),
        await transform.read("out/pairs/a.out"),
        await transform.read("told/a.out"),
      ],
      ["one\n", "1,x\n1,x\n", "1,x\n1,x\n"],
    );
  });

  it("asks again what failed, also when the container died, and gives up in the end", async () => {
    await transform.put("again/a", "busy");
    await transform.put("again/b", "crash once");
    equal((await transform.run("again/")).TransformJobStatus, "Completed");
    deepEqual(
      [await transform.read("out/again/a.out"), await transform.read("out/again/b.out")],
      ["1,x\n", "back again\n"],
    );
    await transform.put("dead/a", "crash");
    const job = { ModelClientConfig: { InvocationsMaxRetries: 1, InvocationsTimeoutInSeconds: 5 } };
    const { TransformJobStatus, FailureReason } = await transform.run("dead/", { job });
    equal(TransformJobStatus, "Failed");
    match(
      FailureReason ?? "",
      /^AlgorithmError: a: the model answered 0: The connection to container primary was closed/,
    );
  });

  it("is stopped with its container", async () => {
    await transform.put("long/a", "1");
    const asked = transform.request("long/", { job: { ModelName: "slow" } });
    const { TransformJobArn } = await transform.client.send(new CreateTransformJobCommand(asked));
    const { TransformJobName } = asked;
    const started = transform.plane.find(StartedTransform, TransformJobArn ?? "");
    while (started.job.describe()["TransformStartTime"] === undefined) await sleep(10);
    await transform.client.send(new StopTransformJobCommand({ TransformJobName }));
    await started.finished;
    const described = await transform.client.send(new DescribeTransformJobCommand({ TransformJobName }));
    equal(described.TransformJobStatus, "Stopped");
    equal(await transform.read("out/long/a.out"), "no object out/long/a.out");
    match(
      await sagemakerRefusal(transform.client.send(new StopTransformJobCommand({ TransformJobName }))),
      /400 ValidationException The transform job is Stopped; only what is InProgress can be stopped/,
    );
  });

  it("runs as the step of the component's pipeline, into a folder of the execution", async () => {
    await transform.put("daily/a.csv", "anna,1,2\n");
    const { PipelineExecutionArn = "" } = await transform.client.send(
      new StartPipelineExecutionCommand({
        PipelineName: "nightly",
        ClientRequestToken: "a".repeat(32),
        PipelineParameters: [
          { Name: "ModelName", Value: "scores" },
          { Name: "InputUri", Value: `s3://${BUCKET}/daily/` },
          { Name: "OutputUri", Value: `s3://${BUCKET}/scores/` },
        ],
      }),
    );
    const [execution] = transform.plane.all(LocalPipeline)[0]?.executions ?? [];
    await execution?.finished;
    const described = await transform.client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn }));
    deepEqual([described.PipelineExecutionStatus, described.FailureReason], ["Succeeded", undefined]);
    equal(await transform.read(`scores/${execution?.id}/a.csv.out`), "anna,x\n");
    const { PipelineExecutionSteps = [] } = await transform.client.send(
      new ListPipelineExecutionStepsCommand({ PipelineExecutionArn }),
    );
    const arn = PipelineExecutionSteps[0]?.Metadata?.TransformJob?.Arn ?? "";
    match(arn, /:transform-job\/pipelines-/);
    const { TransformJobStatus } = await transform.client.send(
      new DescribeTransformJobCommand({ TransformJobName: arn.slice(arn.indexOf("/") + 1) }),
    );
    equal(TransformJobStatus, "Completed");
  });
});
