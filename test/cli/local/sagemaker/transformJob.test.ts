import { deepEqual, equal, match } from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import {
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribePipelineExecutionCommand,
  DescribeTransformJobCommand,
  type DescribeTransformJobCommandOutput,
  ListPipelineExecutionStepsCommand,
  ListTransformJobsCommand,
  type SageMakerClient,
  StartPipelineExecutionCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { LocalPlane } from "../../../../cli/local/localPlane";
import { LocalPipeline } from "../../../../cli/local/sagemaker/localPipeline";
import { StartedTransform } from "../../../../cli/local/sagemaker/transform/startedTransform";
import { transformPipelineDefinition } from "../../../../components/batchTransformPipeline";
import { HandmadeStack } from "../handmadePlane";
import { sagemakerClient, sagemakerRefusal } from "./sagemakerClient";

const BUCKET = "batch-bucket";
const ROLE = "arn:aws:iam::123456789012:role/transform";

/** What of a request differs from one over all lines below a prefix. */
interface Changes {
  readonly job?: Partial<CreateTransformJobCommandInput>;
  readonly input?: Partial<CreateTransformJobCommandInput["TransformInput"]>;
  readonly output?: Partial<CreateTransformJobCommandInput["TransformOutput"]>;
}

describe("a transform job", () => {
  let plane: LocalPlane;
  let program: string;
  let client: SageMakerClient;
  let jobs = 0;

  before(async () => {
    program = await mkdtemp(path.join(tmpdir(), "frugal-ml-program-"));
    const folder = path.join(program, "dist", "containers", "scorer");
    await mkdir(folder, { recursive: true });
    await copyFile(path.join(__dirname, "fixtures", "transformContainer.js"), path.join(folder, "main.js"));
    plane = await LocalPlane.listen({ port: 0, region: "us-east-1", program });
    const stack = new HandmadeStack(plane);
    stack.add("aws:s3/bucket:Bucket", BUCKET, {});
    const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/scorer@sha256:0";
    const model = (name: string, rest: object) =>
      stack.add("aws:sagemaker/model:Model", name, { executionRoleArn: ROLE, ...rest });
    model("scores", { primaryContainer: { image } });
    model("tells", {
      primaryContainer: { image, environment: { FAKE_PARAMETERS: '{"BatchStrategy":"SINGLE_RECORD"}', FAKE_MS: "5" } },
    });
    model("slow", { primaryContainer: { image, environment: { FAKE_MS: "60000" } } });
    model("lost", { primaryContainer: { image, modelDataUrl: `s3://${BUCKET}/nowhere.tar.gz` } });
    model("several", { containers: [{ image }, { image }] });
    model("many", { primaryContainer: { image, mode: "MultiModel", modelDataUrl: `s3://${BUCKET}/models/` } });
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
    const shape = { project: "batch", stack: "test", mode: "resolved", outputs: {}, placeholders: [] } as const;
    await plane.start({ ...shape, resources: stack.resources });
    deepEqual(plane.skipped, []);
    client = sagemakerClient(plane);
  });

  after(async () => {
    client.destroy();
    await plane.stop();
    await rm(program, { recursive: true });
  });

  const put = async (key: string, body: string | Uint8Array): Promise<void> => {
    await plane.store.put(BUCKET, key, Buffer.from(body));
  };

  const read = async (key: string): Promise<string> => {
    const version = plane.store.find(BUCKET, key);
    return version === undefined ? `no object ${key}` : text(plane.store.read(BUCKET, version));
  };

  const request = (prefix: string, { job, input, output }: Changes = {}): CreateTransformJobCommandInput => ({
    TransformJobName: `job-${++jobs}`,
    ModelName: "scores",
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${BUCKET}/${prefix}` } },
      SplitType: "Line",
      ...input,
    },
    TransformOutput: { S3OutputPath: `s3://${BUCKET}/out/${prefix}`, AssembleWith: "Line", ...output },
    TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    ...job,
  });

  /** Runs a job to its end with the unmodified client. */
  const run = async (prefix: string, changes: Changes = {}): Promise<DescribeTransformJobCommandOutput> => {
    const asked = request(prefix, changes);
    const { TransformJobArn } = await client.send(new CreateTransformJobCommand(asked));
    await plane.find(StartedTransform, TransformJobArn ?? "").finished;
    return client.send(new DescribeTransformJobCommand({ TransformJobName: asked.TransformJobName }));
  };

  it("asks about every line below a prefix, many at once, and keeps each object's path", async () => {
    await put("lines/a.csv", "1,2\n3\r\n\n4,5,6");
    await put("lines/deep/b.csv", "7\n");
    await put("lines/", "");
    const described = await run("lines/");
    deepEqual([described.TransformJobStatus, described.FailureReason], ["Completed", undefined]);
    equal(await read("out/lines/a.csv.out"), "2,x\n1,x\n3,x\n");
    equal(await read("out/lines/deep/b.csv.out"), "1,x\n");
    const { TransformJobSummaries = [] } = await client.send(new ListTransformJobsCommand({ NameContains: "job-1" }));
    deepEqual(
      TransformJobSummaries.map(({ TransformJobName, TransformJobStatus }) => [TransformJobName, TransformJobStatus]),
      [["job-1", "Completed"]],
    );
  });

  it("asks about whole objects, unpacked, with the types that it was given", async () => {
    await put("whole/a", gzipSync("headers"));
    await run("whole/", {
      input: { SplitType: "None", CompressionType: "Gzip", ContentType: "text/plain" },
      output: { AssembleWith: "None", Accept: "text/csv" },
    });
    const headers = JSON.parse(await read("out/whole/a.out")) as Record<string, string>;
    deepEqual([headers["content-type"], headers["accept"]], ["text/plain", "text/csv"]);
  });

  it("asks one record at a time where the request, or the container, says so, and fills payloads otherwise", async () => {
    await put("pairs/a", "short\nshort");
    await run("pairs/", { output: { S3OutputPath: `s3://${BUCKET}/packed` } });
    await run("pairs/", { job: { BatchStrategy: "SingleRecord" } });
    await run("pairs/", { job: { ModelName: "tells" }, output: { S3OutputPath: `s3://${BUCKET}/told` } });
    deepEqual(
      [await read("packed/a.out"), await read("out/pairs/a.out"), await read("told/a.out")],
      ["one\n", "1,x\n1,x\n", "1,x\n1,x\n"],
    );
  });

  it("filters what is asked, joins what is answered, and filters what is kept, of CSV", async () => {
    await put("csv/a", 'id-1,5,6\n"id, 2",7\n');
    const DataProcessing = { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-2]" } as const;
    await run("csv/", { job: { DataProcessing }, input: { ContentType: "text/csv" } });
    equal(await read("out/csv/a.out"), 'id-1,2\n"id, 2",1\n');
  });

  it("and of JSON, line by line", async () => {
    await put("json/a", '{"id":1,"features":{"x":1,"y":2}}\n{"id":2,"features":{}}\n');
    const join = { InputFilter: "$.features", JoinSource: "Input" } as const;
    const input = { ContentType: "application/jsonlines" };
    await run("json/", { job: { DataProcessing: join }, input });
    const lines = (await read("out/json/a.out")).trim().split("\n");
    deepEqual(JSON.parse(lines[0] ?? ""), { id: 1, features: { x: 1, y: 2 }, SageMakerOutput: { score: 2 } });
    const DataProcessing = { ...join, OutputFilter: "$['id','SageMakerOutput']" };
    await run("json/", { job: { DataProcessing }, input });
    equal((await read("out/json/a.out")).split("\n")[1], '{"id":2,"SageMakerOutput":{"score":0}}');
  });

  it("asks again what failed, also when the container died, and gives up in the end", async () => {
    await put("again/a", "busy");
    await put("again/b", "crash once");
    equal((await run("again/")).TransformJobStatus, "Completed");
    deepEqual([await read("out/again/a.out"), await read("out/again/b.out")], ["1,x\n", "back again\n"]);
    await put("dead/a", "crash");
    const job = { ModelClientConfig: { InvocationsMaxRetries: 1, InvocationsTimeoutInSeconds: 5 } };
    const { TransformJobStatus, FailureReason } = await run("dead/", { job });
    equal(TransformJobStatus, "Failed");
    match(
      FailureReason ?? "",
      /^AlgorithmError: a: the model answered 0: The connection to container primary was closed/,
    );
  });

  it("fails with what is wrong with its data", async () => {
    await put("bad/a", "bad");
    await put("large/a", "x".repeat(2 * 1024 * 1024));
    await put("text/a", "no JSON");
    await put("zip/a", "no gzip");
    await put("apart/a", "short\nshort");
    const json = { ContentType: "application/json" };
    const join = { job: { DataProcessing: { JoinSource: "Input" } } } as const;
    const reasons = await Promise.all([
      run("bad/"),
      run("large/", { job: { MaxPayloadInMB: 1 } }),
      run("text/", { ...join, input: json }),
      run("text/", { job: { DataProcessing: { InputFilter: "$.a" } }, input: json }),
      run("zip/", { input: { CompressionType: "Gzip" } }),
      run("apart/", { ...join, input: { ContentType: "text/csv" } }),
      run("none/"),
      run("bad/", { output: { S3OutputPath: "s3://nowhere/out" } }),
      run("bad/", { job: { ModelName: "lost" } }),
      run("bad/", { job: { ModelName: "several" } }),
      run("bad/", { job: { ModelName: "many" } }),
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
      client.send(
        new CreateTransformJobCommand(
          request("lines/", {
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
      sagemakerRefusal(client.send(new CreateTransformJobCommand(request("lines/", changes))));
    match(
      await refusal({ job: { TransformJobName: "job-1" } }),
      /400 ResourceInUse Transform job job-1 already exists/,
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
      await sagemakerRefusal(client.send(new DescribeTransformJobCommand({ TransformJobName: "nobody" }))),
      /400 ResourceNotFound Could not find requested job with name: nobody/,
    );
  });

  it("is stopped with its container", async () => {
    await put("long/a", "1");
    const asked = request("long/", { job: { ModelName: "slow" } });
    const { TransformJobArn } = await client.send(new CreateTransformJobCommand(asked));
    const { TransformJobName } = asked;
    const started = plane.find(StartedTransform, TransformJobArn ?? "");
    while (started.job.describe()["TransformStartTime"] === undefined) await sleep(10);
    await client.send(new StopTransformJobCommand({ TransformJobName }));
    await started.finished;
    const described = await client.send(new DescribeTransformJobCommand({ TransformJobName }));
    equal(described.TransformJobStatus, "Stopped");
    equal(await read("out/long/a.out"), "no object out/long/a.out");
    match(
      await sagemakerRefusal(client.send(new StopTransformJobCommand({ TransformJobName }))),
      /400 ValidationException The transform job is Stopped; only what is InProgress can be stopped/,
    );
  });

  it("runs as the step of the component's pipeline, into a folder of the execution", async () => {
    await put("daily/a.csv", "anna,1,2\n");
    const { PipelineExecutionArn = "" } = await client.send(
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
    const [execution] = plane.all(LocalPipeline)[0]?.executions ?? [];
    await execution?.finished;
    const described = await client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn }));
    deepEqual([described.PipelineExecutionStatus, described.FailureReason], ["Succeeded", undefined]);
    equal(await read(`scores/${execution?.id}/a.csv.out`), "anna,x\n");
    const { PipelineExecutionSteps = [] } = await client.send(
      new ListPipelineExecutionStepsCommand({ PipelineExecutionArn }),
    );
    const arn = PipelineExecutionSteps[0]?.Metadata?.TransformJob?.Arn ?? "";
    match(arn, /:transform-job\/pipelines-/);
    const { TransformJobStatus } = await client.send(
      new DescribeTransformJobCommand({ TransformJobName: arn.slice(arn.indexOf("/") + 1) }),
    );
    equal(TransformJobStatus, "Completed");
  });
});
