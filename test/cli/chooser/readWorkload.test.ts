import { deepEqual, equal, match, throws } from "node:assert/strict";
import { readWorkload } from "../../../cli/chooser/readWorkload";
import { BYTES, COUNT, DURATION, FACTOR, RATE, SHARE } from "../../../cli/chooser/units";
import { bytesText, durationText } from "../../../cli/chooser/words";
import { workloadArguments } from "./workloadArguments";

const ASKED = "--payload 2MB --duration 300ms --latency 1s --requests 1e6/day --pattern spiky";

describe("A workload on the command line", () => {
  it("is read with units, and the rest as it is documented", () => {
    const { requestsPerMonth, ...rest } = readWorkload(workloadArguments(ASKED));
    equal(Math.round(requestsPerMonth), Math.round((1e6 * 730) / 24));
    deepEqual(rest, {
      payloadBytes: 2 * 1024 ** 2,
      answerBytes: 10 * 1024,
      durationMs: 300,
      latencyMs: 1000,
      pattern: "spiky",
      peakFactor: 10,
      memoryMb: 2048,
      models: 1,
      activeShare: 0.1,
      frameworks: 1,
      steps: 1,
      gpu: false,
      vpc: false,
      onnx: false,
      region: "us-east-1",
    });
    const given = `${ASKED} --models 40 --memory 1.5GB --gpu --cold-start 2s --cold-start-tolerance 0s --peak-factor 3 --region eu-west-1`;
    const other = readWorkload(workloadArguments(given));
    deepEqual(
      [
        other.models,
        other.memoryMb,
        other.gpu,
        other.coldStartMs,
        other.coldStartToleranceMs,
        other.peakFactor,
        other.region,
      ],
      [40, 1536, true, 2000, 0, 3, "eu-west-1"],
    );
    equal(readWorkload(workloadArguments(`${ASKED} --frameworks 3`)).models, 3);
  });

  it("is refused with every problem at once", () => {
    const bad =
      "--payload 2M --duration 300 --requests 1e6 --pattern often --models 0 --memory 0.5 --peak-factor 0.5 --region mars --cold-start soon --active-share 2 --steps 1.5";
    throws(
      () => readWorkload(workloadArguments(bad)),
      (error: Error) => {
        const options = [...error.message.matchAll(/^ {2}- --([a-z-]+): given/gm)].map(([, name]) => name);
        deepEqual(options.sort(), [
          "active-share",
          "cold-start",
          "duration",
          "latency",
          "memory",
          "models",
          "pattern",
          "payload",
          "peak-factor",
          "region",
          "requests",
          "steps",
        ]);
        match(error.message, /--payload: given "2M"; allowed: a number with B, KB, MB or GB, for example 2MB or 512KB/);
        return true;
      },
    );
    throws(
      () => readWorkload(workloadArguments(`${ASKED} --models 2 --frameworks 3`)),
      /--models: given "2"; allowed: at least/,
    );
    throws(
      () => readWorkload(workloadArguments(ASKED.replace("300ms", "0s"))),
      /--duration: given "0s"; allowed: more than 0/,
    );
  });

  it("has amounts of one spelling only", () => {
    const rows = [
      [BYTES, "1.5 KB", 1536],
      [BYTES, "1kb", undefined],
      [BYTES, "-1MB", undefined],
      [BYTES, "1e3B", 1000],
      [DURATION, "2min", 120_000],
      [DURATION, "1 day", undefined],
      [DURATION, "1e99s", 1e102],
      [RATE, "3600/hour", 3600 * 730],
      [RATE, "10 /second", 10 * 730 * 3600],
      [RATE, "10/s", undefined],
      [COUNT, "1000000", 1_000_000],
      [COUNT, "1000001", undefined],
      [SHARE, "0", undefined],
      [SHARE, "1.0", 1],
      [FACTOR, "1001", undefined],
    ] as const;
    for (const [unit, text, value] of rows) equal(unit.read(text), value, text);
  });

  it("is spelt out again in the largest unit", () => {
    deepEqual([1, 2048, 6 * 1024 ** 2, 1024 ** 3].map(bytesText), ["1 B", "2 KB", "6 MB", "1 GB"]);
    deepEqual([5, 60_000, 900_000, 3_600_000].map(durationText), ["5 ms", "60 s", "15 min", "1 h"]);
  });
});
