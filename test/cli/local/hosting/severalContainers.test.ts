import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { DescribeModelCommand } from "@aws-sdk/client-sagemaker";
import { LocalEndpoint } from "../../../../cli/local/hosting/localEndpoint";
import { sagemakerClient } from "../sagemaker/sagemakerClient";
import { addEndpoint, BUCKET, HostingPlane, IMAGE, PREFIX } from "./hostingPlane";

describe("an endpoint of several containers, or with a shadow, on the plane", () => {
  let hosting: HostingPlane;

  before(async () => {
    hosting = await HostingPlane.start((stack) => {
      const container = (containerHostname: string, rest: object = {}) => ({
        containerHostname,
        image: IMAGE,
        modelDataUrl: `s3://${BUCKET}/${containerHostname}/model.tar.gz`,
        ...rest,
      });
      const several = (name: string, mode: string, containers: object[]): void => {
        stack.add("aws:sagemaker/model:Model", `${name}-model`, {
          executionRoleArn: "arn:aws:iam::123456789012:role/serving",
          containers: containers.map((one) => ({ ...one })),
          inferenceExecutionConfig: { mode },
        });
        const configuration = stack.add("aws:sagemaker/endpointConfiguration:EndpointConfiguration", `${name}-config`, {
          productionVariants: [{ variantName: "AllTraffic", modelName: `${name}-model` }],
        });
        stack.add("aws:sagemaker/endpoint:Endpoint", name, {
          endpointConfigName: configuration.outputs?.["name"] ?? "",
        });
      };
      several("direct", "Direct", [container("prices"), container("texts")]);
      several("chain", "Serial", [
        container("features"),
        container("forecast", { mode: "MultiModel", modelDataUrl: `s3://${BUCKET}/${PREFIX}` }),
      ]);
      addEndpoint(stack, "watched", {}, undefined, {
        shadowProductionVariants: [{ variantName: "shadow", modelName: "watched-model", initialVariantWeight: 1 }],
      });
      addEndpoint(stack, "half", {}, undefined, {
        shadowProductionVariants: [{ variantName: "shadow", modelName: "half-model", initialVariantWeight: 0.5 }],
      });
    });
    deepEqual(hosting.plane.skipped, []);
    for (const name of ["prices", "texts", "features"]) await hosting.put("model.tar.gz", { value: name }, `${name}/`);
    await hosting.put("v1/a.tar.gz", { value: "forecast of a" });
  });

  after(() => hosting.stop());

  const invocations = (endpointName: string): readonly number[] => {
    const endpoint = hosting.plane.all(LocalEndpoint).find(({ settings }) => settings.name === endpointName);
    const variants = [...(endpoint?.variants ?? []), ...(endpoint?.shadows ?? [])];
    return variants.map(({ metrics }) => metrics.total("Invocations")?.Sum ?? 0);
  };

  it("answers with the container that the caller names, each a process of its own", async () => {
    const [prices, texts] = await Promise.all(
      ["prices", "texts"].map((name) => hosting.answer("direct", undefined, {}, { TargetContainerHostname: name })),
    );
    deepEqual([prices?.value, texts?.value], ["prices", "texts"]);
    notEqual(prices?.pid, texts?.pid);
    match(
      await hosting.refusal("direct", undefined),
      /^400 ValidationError TargetContainerHostname: given nothing; allowed: one of prices, texts$/,
    );
    match(
      await hosting.refusal("direct", undefined, {}, { TargetContainerHostname: "images" }),
      /given "images"; allowed/,
    );
    match(
      await hosting.refusal("watched", undefined, {}, { TargetContainerHostname: "prices" }),
      /the endpoint has no containers that are invoked directly/,
    );
    match(
      await hosting.refusal("direct", undefined, { status: 500 }, { TargetContainerHostname: "texts" }),
      /^424 ModelError Received server error \(500\) from texts/,
    );
  });

  it("asks one container after another, with what the one before answered", async () => {
    // The first one answers with so many letters, of which the second one tells how many they were.
    const answer = await hosting.answer("chain", "v1/a.tar.gz", { bytes: 33 }, { Accept: "text/csv" });
    deepEqual([answer.value, answer.bytes], ["forecast of a", 33]);
    deepEqual([answer.headers["content-type"], answer.headers["accept"]], ["application/json", "text/csv"]);
    match(await hosting.refusal("chain", undefined), /TargetModel is required/);
    match(
      await hosting.refusal("chain", "v1/a.tar.gz", { status: 400, message: "no features" }),
      /^424 ModelError Received client error \(400\) from features with message "no features"/,
    );
  });

  it("comes back with every container when one of them dies", async () => {
    const { pid } = await hosting.answer("direct", undefined, {}, { TargetContainerHostname: "texts" });
    match(
      await hosting.refusal("direct", undefined, { crash: true }, { TargetContainerHostname: "prices" }),
      /^424 ModelError .*The connection to container prices was closed/,
    );
    equal((await hosting.answer("direct", undefined, {}, { TargetContainerHostname: "prices" })).value, "prices");
    equal((await hosting.answer("direct", undefined, {}, { TargetContainerHostname: "texts" })).pid, pid);
  });

  it("is described with its containers", async () => {
    const client = sagemakerClient(hosting.plane);
    try {
      const { Containers = [], InferenceExecutionConfig } = await client.send(
        new DescribeModelCommand({ ModelName: "chain-model" }),
      );
      deepEqual(
        Containers.map(({ ContainerHostname, Mode }) => [ContainerHostname, Mode]),
        [
          ["features", "SingleModel"],
          ["forecast", "MultiModel"],
        ],
      );
      equal(InferenceExecutionConfig?.Mode, "Serial");
    } finally {
      client.destroy();
    }
    deepEqual(
      hosting.plane.manifest().endpoints.map(({ kind }) => kind),
      ["multi-container", "inference-pipeline", "real-time", "real-time"],
    );
  });

  it("lets a shadow hear its share, and nobody hear the shadow", async () => {
    const { InvokedProductionVariant } = await hosting.invoke("watched", undefined);
    equal(InvokedProductionVariant, "main");
    const before = invocations("watched");
    await Promise.all(Array.from({ length: 20 }, () => hosting.answer("watched", undefined)));
    match(await hosting.refusal("watched", undefined, {}, { TargetVariant: "shadow" }), /Variant shadow is not found/);
    const after = invocations("watched");
    deepEqual(
      after.map((count, index) => count - (before[index] ?? 0)),
      [20, 20],
    );
    await Promise.all(Array.from({ length: 100 }, () => hosting.answer("half", undefined)));
    const [, heard = 0] = invocations("half");
    // Of 100 by chance, with half of them meant: outside of these bounds once in ten thousand million times.
    ok(heard >= 18 && heard <= 82, String(heard));
  });

  it("answers as ever when its shadow dies", async () => {
    equal((await hosting.refusal("watched", undefined, { crash: true })).slice(0, 14), "424 ModelError");
    ok((await hosting.answer("watched", undefined)).pid > 0);
  });
});
