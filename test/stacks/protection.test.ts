import { deepEqual, ok } from "node:assert/strict";
import { captureGraph } from "../../cli/graph/captureGraph";
import { REPOSITORY } from "../cli/local/handmadePlane";

/** Types that a change of the image replaces, which must not wait for somebody to lift protection. */
const REPLACED = ["aws:sagemaker/endpointConfiguration:EndpointConfiguration", "aws:sagemaker/model:Model"];

/** Types that go with what they hold, or that callers are told of. */
const KEPT = [
  "aws:ecr/repository:Repository",
  "aws:s3/bucket:Bucket",
  "aws:sagemaker/endpoint:Endpoint",
  "aws:sqs/queue:Queue",
];

describe("protection of the stack prod", function () {
  this.timeout(60_000);

  it("is of what holds data or is called, and not of what a new image replaces", async () => {
    const { resources } = await captureGraph({ program: REPOSITORY, stack: "prod", mode: "preview" });
    const protection = (types: readonly string[]) =>
      resources.filter(({ type }) => types.includes(type)).map(({ options }) => options.protect === true);
    ok(protection(KEPT).length >= KEPT.length);
    deepEqual([...new Set(protection(KEPT))], [true]);
    ok(protection(REPLACED).length >= REPLACED.length);
    deepEqual([...new Set(protection(REPLACED))], [false]);
  });
});
