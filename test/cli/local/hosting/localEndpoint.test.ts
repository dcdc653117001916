import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointsCommand,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelError,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import * as z from "zod";
import { sagemakerClient, sagemakerRefusal } from "../sagemaker/sagemakerClient";
import { addEndpoint, BUCKET, HostingPlane, PREFIX, refusal } from "./hostingPlane";

const Metrics = z.object({
  metrics: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      unit: z.string(),
      dimensions: z.object({ EndpointName: z.string(), VariantName: z.string() }),
      statistics: z.object({ SampleCount: z.number(), Sum: z.number(), Average: z.number() }),
    }),
  ),
});

describe("endpoints of a graph", () => {
  let hosting: HostingPlane;

  before(async () => {
    hosting = await HostingPlane.start((stack) => {
      addEndpoint(stack, "many", {
        mode: "MultiModel",
        modelDataUrl: `s3://${BUCKET}/${PREFIX}`,
        environment: { GREETING: "hello", SAGEMAKER_BIND_TO_PORT: "1" },
        multiModelConfig: { modelCacheSetting: "Enabled" },
      });
      addEndpoint(stack, "one", { modelDataUrl: `s3://${BUCKET}/single/model.tar.gz` });
      addEndpoint(stack, "two", {}, [
        { variantName: "old", modelName: "two-model", initialVariantWeight: 0 },
        { variantName: "new", modelName: "two-model", initialVariantWeight: 1 },
      ]);
      addEndpoint(stack, "elsewhere", { image: "nobody/has-this:1" });
      addEndpoint(stack, "nowhere", { mode: "MultiModel" });
      stack.add("aws:appautoscaling/target:Target", "scaling", { resourceId: "endpoint/many/variant/main" });
    });
    await hosting.put("v1/a.tar.gz", { value: "a" });
  });

  after(() => hosting.stop());

  it("start what has a program here, and say what has not", () => {
    const { skipped } = hosting.plane;
    equal(skipped.length, 3, skipped.join("\n"));
    match(skipped.join("\n"), /elsewhere: image nobody\/has-this:1 does not run here/);
    match(skipped.join("\n"), /nowhere-model: modelDataUrl must be an address of S3/);
  });

  it("stand in the manifest, with the models that there are by now", () => {
    deepEqual(JSON.parse(JSON.stringify(hosting.plane.manifest().endpoints)), [
      { kind: "multi-model", name: "many", modelDataUrl: `s3://${BUCKET}/${PREFIX}`, variant: "main", models: 1 },
      { kind: "real-time", name: "one", modelDataUrl: `s3://${BUCKET}/single/model.tar.gz`, variant: "main" },
      { kind: "real-time", name: "two", variant: "old" },
    ]);
  });

  it("give the container what SageMaker gives it, and the caller what SageMaker passes on", async () => {
    const answer = await hosting.invoke(
      "many",
      "v1/a.tar.gz",
      { environment: true },
      {
        ContentType: "application/json",
        Accept: "text/csv",
        CustomAttributes: "trace=1",
        InferenceId: "id 1",
        TargetVariant: "main",
      },
    );
    equal(answer.InvokedProductionVariant, "main");
    equal(answer.ContentType, "application/json");
    equal(answer.CustomAttributes, "trace=1");
    const { environment = {}, headers } = JSON.parse(answer.Body.transformToString());
    equal(environment.SAGEMAKER_MULTI_MODEL, "true");
    equal(environment.GREETING, "hello");
    ok(Number(environment.SAGEMAKER_BIND_TO_PORT) > 1);
    ok(environment.FRUGAL_ML_ROOT.startsWith(hosting.plane.folder));
    equal(headers["content-type"], "application/json");
    equal(headers.accept, "text/csv");
    equal(headers["x-amzn-sagemaker-target-model"], "v1/a.tar.gz");
    equal(headers["x-amzn-sagemaker-inference-id"], "id 1");
    equal(headers.authorization, undefined);
  });

  it("serve one model once its archive is there", async () => {
    match(
      await hosting.refusal("one", undefined),
      /^503 ServiceUnavailable Failed to download model data\(bucket: models-bucket, key: single\/model.tar.gz\)/,
    );
    const sagemaker = sagemakerClient(hosting.plane);
    equal((await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "one" }))).EndpointStatus, "Failed");
    await hosting.put("model.tar.gz", { value: "alone" }, "single/");
    await waitUntilEndpointInService({ client: sagemaker, maxWaitTime: 20, minDelay: 1 }, { EndpointName: "one" });
    const { value, headers } = await hosting.answer("one", undefined);
    equal(value, "alone");
    equal(headers["x-amzn-sagemaker-target-model"], undefined);
    match(await hosting.refusal("one", "v1/a.tar.gz"), /^400 ValidationError TargetModel is not allowed/);
    sagemaker.destroy();
  });

  it("share requests out by the weights of their variants, unless the caller names one", async () => {
    const variants = await Promise.all(Array.from({ length: 5 }, () => hosting.invoke("two", undefined)));
    deepEqual(new Set(variants.map((answer) => answer.InvokedProductionVariant)), new Set(["new"]));
    const named = await hosting.invoke("two", undefined, {}, { TargetVariant: "old" });
    equal(named.InvokedProductionVariant, "old");
    match(
      await hosting.refusal("two", undefined, {}, { TargetVariant: "other" }),
      /^400 ValidationError Variant other/,
    );
  });

  it("refuse what cannot be, in the service's words", async () => {
    const cases: readonly (readonly [Parameters<HostingPlane["invoke"]>, RegExp])[] = [
      [["unknown", "a"], /^400 ValidationError Endpoint unknown of account 123456789012 not found\./],
      [
        ["many", "v1/a.tar.gz", {}, { CustomAttributes: "x".repeat(1025) }],
        /^400 ValidationError 1 validation error detected: .*customAttributes/,
      ],
      [
        ["many", "v1/a.tar.gz", {}, { InferenceId: " x".repeat(40), SessionId: "-" }],
        /^400 ValidationError 2 validation errors detected/,
      ],
      [["many", "v1/a.tar.gz", {}, { TargetContainerHostname: "x" }], /^400 ValidationError TargetContainerHostname/],
      [["many", "v1/a.tar.gz", {}, { EnableExplanations: "true" }], /^400 ValidationError EnableExplanations/],
      [["many", "v1/a.tar.gz", {}, { InferenceComponentName: "x" }], /^400 ValidationError InferenceComponentName/],
      [["many", "v1/a.tar.gz", new Uint8Array(6 * 1024 * 1024 + 1)], /^400 ValidationError .*'body'.*6291456/],
    ];
    for (const [asked, said] of cases) match(await hosting.refusal(...asked), said);
    const largest = await hosting.answer("many", "v1/a.tar.gz", new Uint8Array(6 * 1024 * 1024));
    equal(largest.bytes, 6 * 1024 * 1024);
    const stream = { EndpointName: "many", Body: "{}" };
    match(
      await refusal(hosting.client.send(new InvokeEndpointWithResponseStreamCommand(stream))),
      /^400 ValidationError POST \/endpoints\/\{EndpointName\}\/invocations-response-stream does not run here/,
    );
    const { endpoint, region } = hosting.plane.cloud;
    const credentials = { ...hosting.plane.credentials, secretAccessKey: "another" };
    const stranger = new SageMakerRuntimeClient({ endpoint, region, credentials, maxAttempts: 1 });
    match(await refusal(stranger.send(new InvokeEndpointCommand(stream))), /^403 InvalidSignatureException/);
    stranger.destroy();
  });

  it("pass on what the model answers, as a ModelError when it is no success", async () => {
    const asked = {
      EndpointName: "many",
      TargetModel: "v1/a.tar.gz",
      Body: JSON.stringify({ status: 422, message: "bad".repeat(3000) }),
    };
    const error = await hosting.client.send(new InvokeEndpointCommand(asked)).catch((cause: unknown) => cause);
    ok(error instanceof ModelError);
    equal(error.$metadata.httpStatusCode, 424);
    equal(error.OriginalStatusCode, 422);
    equal(error.OriginalMessage?.length, 2048);
    equal(error.LogStreamArn, "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/many");
    match(error.message, /^Received client error \(422\) from primary with message "badbad/);
    match(
      await hosting.refusal("many", "v1/a.tar.gz", { status: 503 }),
      /^424 ModelError Received server error \(503\)/,
    );
    match(
      await hosting.refusal("many", "v1/a.tar.gz", { bytes: 6 * 1024 * 1024 + 1 }),
      /^424 ModelError .*larger than 6291456 bytes/,
    );
  });

  it("are described", async () => {
    const sagemaker = sagemakerClient(hosting.plane);
    const endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "many" }));
    equal(endpoint.EndpointStatus, "InService");
    equal(endpoint.EndpointArn, "arn:aws:sagemaker:us-east-1:123456789012:endpoint/many");
    deepEqual(
      endpoint.ProductionVariants?.map(({ VariantName }) => VariantName),
      ["main"],
    );
    const { EndpointConfigName = "" } = endpoint;
    match(EndpointConfigName, /^many-[0-9a-f]{12}$/);
    const configuration = await sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
    equal(configuration.ProductionVariants?.[0]?.ModelName, "many-model");
    const model = await sagemaker.send(new DescribeModelCommand({ ModelName: "many-model" }));
    equal(model.PrimaryContainer?.Mode, "MultiModel");
    equal(model.PrimaryContainer?.MultiModelConfig?.ModelCacheSetting, "Enabled");
    const first = await sagemaker.send(
      new ListEndpointsCommand({ MaxResults: 2, SortBy: "Name", SortOrder: "Ascending" }),
    );
    deepEqual(
      first.Endpoints?.map(({ EndpointName }) => EndpointName),
      ["many", "one"],
    );
    const { NextToken } = first;
    const second = await sagemaker.send(
      new ListEndpointsCommand({ NextToken, SortBy: "Name", SortOrder: "Ascending" }),
    );
    deepEqual(
      second.Endpoints?.map(({ EndpointName }) => EndpointName),
      ["two"],
    );
    equal(
      await sagemakerRefusal(sagemaker.send(new DescribeEndpointCommand({ EndpointName: "Unknown" }))),
      '400 ValidationException Could not find endpoint "arn:aws:sagemaker:us-east-1:123456789012:endpoint/unknown".',
    );
    sagemaker.destroy();
  });

  it("count as CloudWatch counts", async () => {
    const response = await fetch(`${hosting.plane.cloud.endpoint}/_metrics`);
    const { metrics } = Metrics.parse(await response.json());
    const of = (name: string, endpoint = "many") => {
      const found = metrics.find((metric) => metric.name === name && metric.dimensions.EndpointName === endpoint);
      ok(found, name);
      return found;
    };
    const { SampleCount, Sum } = of("Invocations").statistics;
    equal(Sum, SampleCount);
    equal(of("Invocation4XXErrors").statistics.Sum, 1);
    equal(of("Invocation5XXErrors").statistics.Sum, 1);
    equal(of("InvocationModelErrors").statistics.Sum, 3);
    equal(of("ModelCacheHit").statistics.SampleCount, Sum);
    equal(of("ModelCacheHit").statistics.Sum, Sum - 1);
    deepEqual([of("ModelLatency").namespace, of("ModelLatency").unit], ["AWS/SageMaker", "Microseconds"]);
    ok(of("ModelLatency").statistics.Average > 0 && of("OverheadLatency").statistics.Average > 0);
    for (const name of ["ModelLoadingWaitTime", "ModelDownloadingTime", "ModelLoadingTime"]) {
      equal(of(name).statistics.SampleCount, 1, name);
    }
    equal(of("LoadedModelCount").namespace, "/aws/sagemaker/Endpoints");
    ok(of("LoadedModelCount").statistics.Sum >= 1);
    ok(of("MemoryUtilization", "two").statistics.Average > 0);
    ok(of("DiskUtilization").statistics.Average > 0);
  });
});
