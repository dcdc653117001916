import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribeEndpointCommand, DescribeEndpointConfigCommand } from "@aws-sdk/client-sagemaker";
import { LocalEndpoint } from "../../../../cli/local/hosting/localEndpoint";
import { sagemakerClient } from "../sagemaker/sagemakerClient";
import { addEndpoint, BUCKET, HostingPlane } from "./hostingPlane";

const LIMIT = { memoryMb: 1024, maxConcurrency: 5, provisioned: undefined };

describe("a serverless endpoint on the plane", () => {
  let hosting: HostingPlane;

  before(async () => {
    hosting = await HostingPlane.start((stack) => {
      addEndpoint(stack, "pool", { modelDataUrl: `s3://${BUCKET}/single/model.tar.gz` }, [
        {
          variantName: "AllTraffic",
          modelName: "pool-model",
          serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 2, provisionedConcurrency: 1 },
          initialVariantWeight: 1,
        },
      ]);
    });
    await hosting.put("model.tar.gz", { value: "pooled" }, "single/");
  });

  after(() => hosting.stop());

  it("is described with its memory, and stands in the manifest as what it is", async () => {
    const client = sagemakerClient(hosting.plane);
    try {
      await hosting.answer("pool", undefined);
      const { ProductionVariants, EndpointStatus } = await client.send(
        new DescribeEndpointCommand({ EndpointName: "pool" }),
      );
      const memory = { MemorySizeInMB: 2048, MaxConcurrency: 2, ProvisionedConcurrency: 1 };
      equal(EndpointStatus, "InService");
      deepEqual(ProductionVariants, [
        { VariantName: "AllTraffic", CurrentWeight: 1, DesiredWeight: 1, CurrentServerlessConfig: memory },
      ]);
      const EndpointConfigName = configName(hosting);
      const described = await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
      deepEqual(described.ProductionVariants?.[0]?.ServerlessConfig, memory);
      equal(hosting.plane.manifest().endpoints[0]?.kind, "serverless");
    } finally {
      client.destroy();
    }
  });

  it("refuses what is more than its concurrency at the same time, and answers again after", async () => {
    const asked = await Promise.all([1, 2, 3].map(() => hosting.refusal("pool", undefined, { ms: 1000 })));
    deepEqual(asked.sort(), [
      "400 ThrottlingException Rate exceeded: endpoint pool answers 2 invocations at the same time, its MaxConcurrency.",
      "answered",
      "answered",
    ]);
    equal((await hosting.answer("pool", undefined)).value, "pooled");
  });

  it("takes 4 MB, and not a byte more", async () => {
    const most = 4 * 1024 * 1024;
    equal((await hosting.answer("pool", undefined, Buffer.alloc(most, "x"))).bytes, most);
    match(
      await hosting.refusal("pool", undefined, Buffer.alloc(most + 1, "x")),
      /^400 ValidationError .*length less than or equal to 4194304/,
    );
  });

  it("is cold after a pause: another process answers, and how long that took is counted", async () => {
    const endpoint = hosting.endpoint("resting", "SingleModel", { serverless: LIMIT, times: { idleMs: 150 } });
    const first = await hosting.answer("resting", undefined);
    while (endpoint.variants[0]?.container !== undefined) await sleep(20);
    equal(endpoint.status, "InService");
    // Whoever asks while it starts waits for the same start.
    const [second, third] = await Promise.all([
      hosting.answer("resting", undefined),
      hosting.answer("resting", undefined),
    ]);
    notEqual(second.pid, first.pid);
    equal(third.pid, second.pid);
    const setUp = endpoint.variants[0]?.metrics.total("ModelSetupTime");
    ok((setUp?.Sum ?? 0) > 0 && setUp?.SampleCount === 1, JSON.stringify(setUp));
  });

  it("does not rest while memory is provisioned, nor while somebody waits", async () => {
    const times = { idleMs: 50 };
    const kept = hosting.endpoint("kept", "SingleModel", { serverless: { ...LIMIT, provisioned: 1 }, times });
    const busy = hosting.endpoint("busy", "SingleModel", { serverless: LIMIT, times });
    const { pid } = await hosting.answer("kept", undefined);
    await hosting.answer("busy", undefined, { ms: 300 });
    ok(kept.variants[0]?.container !== undefined);
    equal((await hosting.answer("kept", undefined)).pid, pid);
    equal(busy.status, "InService");
  });

  it("ends a container that takes more memory than it has, and starts it again", async () => {
    // Only Linux tells what a process takes.
    const tells = process.platform === "linux";
    hosting.endpoint("greedy", "SingleModel", { serverless: { ...LIMIT, memoryMb: 200 } });
    const { pid } = await hosting.answer("greedy", undefined);
    const asked = hosting.refusal("greedy", undefined, { holdMb: 300, ms: 2000 });
    if (!tells) return equal(await asked, "answered");
    match(await asked, /^424 ModelError .*The connection to container primary was closed before it answered/);
    const again = await hosting.answer("greedy", undefined);
    notEqual(again.pid, pid);
    ok(hosting.plane.recentLog.includes("greedy: the container used more than its 200 MB of memory"));
  });
});

function configName({ plane }: HostingPlane): string {
  const [endpoint] = plane.all(LocalEndpoint).filter(({ settings }) => settings.name === "pool");
  return endpoint?.settings.configuration.name ?? "";
}
