import { deepEqual, equal, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import * as z from "zod";
import { Sha256 } from "../../../../cli/local/s3/sha256";
import { HostingPlane } from "./hostingPlane";

const Datapoint = z.object({ Timestamp: z.number(), Unit: z.string(), Sum: z.number(), Average: z.number() });
const Result = z.object({ Id: z.string(), Timestamps: z.array(z.number()), Values: z.array(z.number()) });

describe("CloudWatch on the plane", () => {
  let hosting: HostingPlane;

  before(async () => {
    hosting = await HostingPlane.start();
    hosting.endpoint("watched", "MultiModel");
    await hosting.put("a.tar.gz", { value: "a" });
    for (let index = 0; index < 3; index++) await hosting.answer("watched", "a.tar.gz");
  });

  after(() => hosting.stop());

  const call = async (operation: string, input: object, service = "monitoring") => {
    const { endpoint, region } = hosting.plane.cloud;
    const { host, hostname } = new URL(endpoint);
    const body = JSON.stringify(input);
    const signer = new SignatureV4({ credentials: hosting.plane.credentials, region, service, sha256: Sha256 });
    const { headers } = await signer.sign({
      method: "POST",
      protocol: "http:",
      hostname,
      path: "/",
      headers: {
        host,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
        "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
      },
      body,
    });
    const response = await fetch(endpoint, { method: "POST", headers, body });
    const answer: unknown = await response.json();
    return { status: response.status, answer, error: response.headers.get("x-amzn-query-error") };
  };

  const Dimensions = [
    { Name: "EndpointName", Value: "watched" },
    { Name: "VariantName", Value: "AllTraffic" },
  ];
  const window = () => ({ StartTime: Date.now() / 1000 - 600, EndTime: Date.now() / 1000 + 60 });

  it("lists metrics by namespace, name and dimensions", async () => {
    const { answer } = await call("ListMetrics", {
      Namespace: "AWS/SageMaker",
      MetricName: "ModelCacheHit",
      Dimensions: [{ Name: "EndpointName" }],
    });
    deepEqual(answer, { Metrics: [{ Namespace: "AWS/SageMaker", MetricName: "ModelCacheHit", Dimensions }] });
    const other = { Namespace: "AWS/SageMaker", Dimensions: [{ Name: "EndpointName", Value: "other" }] };
    deepEqual((await call("ListMetrics", other)).answer, { Metrics: [] });
  });

  it("adds values up by period", async () => {
    const metric = { Namespace: "AWS/SageMaker", MetricName: "ModelCacheHit", Dimensions };
    const asked = { ...metric, ...window(), Period: 60, Statistics: ["Sum", "Average"] };
    const { answer } = await call("GetMetricStatistics", asked);
    const { Datapoints } = z.object({ Datapoints: z.array(Datapoint) }).parse(answer);
    equal(
      Datapoints.reduce((sum, { Sum }) => sum + Sum, 0),
      2,
    );
    ok(Datapoints.every(({ Timestamp, Unit }) => Timestamp % 60 === 0 && Unit === "None"));
    const none = await call("GetMetricStatistics", { ...asked, Dimensions: Dimensions.slice(0, 1) });
    deepEqual(none.answer, { Label: "ModelCacheHit", Datapoints: [] });
  });

  it("answers several queries at once, the newest value first", async () => {
    const query = (Id: string, MetricName: string, Stat: string) => ({
      Id,
      MetricStat: { Metric: { Namespace: "AWS/SageMaker", MetricName, Dimensions }, Period: 60, Stat },
    });
    const MetricDataQueries = [query("a", "Invocations", "Sum"), query("b", "ModelLatency", "Maximum")];
    const { answer } = await call("GetMetricData", { MetricDataQueries, ...window() });
    const { MetricDataResults } = z.object({ MetricDataResults: z.array(Result) }).parse(answer);
    deepEqual(
      MetricDataResults.map(({ Id }) => Id),
      ["a", "b"],
    );
    const [invocations, latency] = MetricDataResults;
    equal(
      invocations?.Values.reduce((sum, value) => sum + value, 0),
      3,
    );
    ok(latency?.Values.every((value) => value > 0));
    const times = latency?.Timestamps ?? [];
    deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it("refuses what it does not know, and who is not signed for it", async () => {
    const percentile = await call("GetMetricStatistics", { Namespace: "x", MetricName: "y", Statistics: ["p99"] });
    deepEqual([percentile.status, percentile.error], [400, "InvalidParameterValue;Sender"]);
    deepEqual((await call("PutMetricData", {})).error, "UnknownOperation;Sender");
    equal((await call("ListMetrics", {}, "sagemaker")).status, 403);
  });
});
