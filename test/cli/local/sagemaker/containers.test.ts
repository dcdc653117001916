import { deepEqual, equal, throws } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { containerProgram } from "../../../../cli/local/sagemaker/containerProgram";
import { containerPath } from "../../../../cli/local/sagemaker/containerRoot";
import { interruptionTimes } from "../../../../cli/local/sagemaker/interruptionTimes";
import { asFolder, parseS3Uri, pathBelow } from "../../../../cli/local/sagemaker/s3Location";

describe("what stands for a container", () => {
  let program: string;

  before(() => {
    program = mkdtempSync(path.join(tmpdir(), "frugal-ml-program-"));
    mkdirSync(path.join(program, "dist", "containers", "mine"), { recursive: true });
    writeFileSync(path.join(program, "dist", "containers", "mine", "main.js"), "");
  });

  after(() => rmSync(program, { recursive: true }));

  it("is the program of the image's name, without registry, tag and digest", () => {
    const file = path.join(program, "dist", "containers", "mine", "main.js");
    for (const image of [
      "mine",
      "mine:1.2",
      "team/mine@sha256:ab12",
      "localhost:5000/mine",
      "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/mine:1@sha256:ab12",
    ]) {
      equal(containerProgram(image, program), file, image);
    }
  });

  it("is looked for in two places, which the error names", () => {
    const wanted =
      /image team\/other:1 does not run here: .*program-.*other.main\.js nor .*dist.containers.other.main\.js/;
    throws(() => containerProgram("team/other:1", program), { code: "MissingContainer", message: wanted });
    throws(() => containerProgram("../..", program), { code: "MissingContainer" });
  });

  it("sees paths below /opt/ml, and no others", () => {
    equal(
      containerPath("/tmp/algo-1", "/opt/ml/processing/input/data"),
      path.join("/tmp/algo-1", "processing/input/data"),
    );
    for (const outside of ["/opt/ml", "/opt/ml/../../etc", "/etc", "relative", "/opt/mlx/a"]) {
      throws(() => containerPath("/tmp/algo-1", outside), { name: "JobFailure", fault: "Client" }, outside);
    }
  });

  it("gets objects at paths below their prefix", () => {
    const below = (uri: string, key: string) => pathBelow(parseS3Uri(uri), key);
    equal(below("s3://b/a/", "a/x/y.csv"), "x/y.csv");
    equal(below("s3://b/a", "a/x/y.csv"), "x/y.csv");
    equal(below("s3://b/a/x", "a/xyz.csv"), "xyz.csv");
    equal(below("s3://b/a/x.csv", "a/x.csv"), "x.csv");
    equal(below("s3://b", "a/x.csv"), "a/x.csv");
    deepEqual(asFolder(parseS3Uri("s3://b/a")), { bucket: "b", prefix: "a/" });
    deepEqual(asFolder(parseS3Uri("s3://b")), { bucket: "b", prefix: "" });
  });

  it("is interrupted at times that a seed decides", () => {
    const times = interruptionTimes({ count: 50, seed: 3 });
    deepEqual(interruptionTimes({ count: 50, seed: 3 }), times);
    equal(
      times.every((time) => time >= 20 && time <= 500),
      true,
    );
    equal(new Set(times).size > 25, true);
  });
});
