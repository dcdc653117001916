import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import sharp from "sharp";
import * as z from "zod";
import { extractMetrics } from "../../functions/normalize/embeddedMetricFormat";
import { type ReadStack, startReadStack } from "./readStack";

const Line = z.looseObject({ delivery: z.string(), status: z.number(), key: z.string(), code: z.string().optional() });

describe("cli/local: metrics of reads", function () {
  this.timeout(60_000);
  let stack: ReadStack;

  before(async () => {
    stack = await startReadStack();
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#336699" } })
      .png()
      .toBuffer();
    for (const [Key, Body] of [
      ["a.png", picture],
      ["text.txt", Buffer.from("no image")],
    ] as const) {
      await stack.client.send(new PutObjectCommand({ Bucket: stack.objectLambda.bucket, Key, Body }));
    }
  });

  after(async () => {
    stack?.client.destroy();
    await stack?.plane.stop();
  });

  it("stand in the line that is logged of each read, with its code, and name no key", async () => {
    for (const read of stack.readers) {
      assert.equal((await read({ key: "a.png" })).status, 200);
      assert.equal((await read({ key: "text.txt" })).status, 400);
    }
    const seen = await logged(stack, 4);
    assert.deepEqual(
      seen.map(({ fields, metrics }) => [
        fields.delivery,
        fields.key,
        fields.code,
        metrics.get("Count"),
        metrics.get("Errors"),
      ]),
      ["object-lambda", "function-url"].flatMap((delivery) => [
        [delivery, "a.png", undefined, 1, 0],
        [delivery, "text.txt", "UnsupportedFormat", 1, 1],
      ]),
    );
    for (const { fields, metrics, dimensions } of seen) {
      assert.equal(fields["BytesIn"], fields["bytesIn"] ?? 0);
      assert.ok((metrics.get("Milliseconds") ?? -1) >= 0);
      assert.deepEqual(dimensions, { FunctionName: "pictures-function", Delivery: fields.delivery });
    }
  });
});

/** What was logged of reads, once so many are; the log of a process arrives after its answer. */
async function logged({ plane }: ReadStack, reads: number) {
  for (const until = Date.now() + 5_000; ; await setTimeout(20)) {
    const lines = plane.recentLog
      .map((line) => line.slice(line.indexOf(": ") + 2))
      .filter((line) => /"delivery":"(object-lambda|function-url)"/.test(line));
    if (lines.length >= reads || Date.now() > until) return lines.map(readLine);
  }
}

function readLine(line: string) {
  const extracted = extractMetrics(line);
  return {
    fields: Line.parse(JSON.parse(line)),
    metrics: new Map(extracted.map(({ name, value }) => [name, value])),
    dimensions: extracted[0]?.dimensions,
  };
}
