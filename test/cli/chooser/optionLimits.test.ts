import { equal, match } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { INFERENCE_OPTIONS } from "../../../cli/chooser/inferenceOption";
import { OPTION_LIMITS } from "../../../cli/chooser/optionLimits";
import { outReasons } from "../../../cli/chooser/optionReasons";
import { readWorkload } from "../../../cli/chooser/readWorkload";
import { optionLimitsTable } from "../../../cli/report/optionLimitsTable";
import { workloadArguments } from "./workloadArguments";

const DOCS = join(__dirname, "..", "..", "..", "docs");

describe("The documented limits", () => {
  for (const page of ["choose.md", "inference-options.md"]) {
    it(`on the page ${page} are those of the code`, () => {
      const text = readFileSync(join(DOCS, page), "utf8");
      const [, table] = /<!-- limits -->\n([\s\S]*?)\n<!-- \/limits -->/.exec(text) ?? [];
      equal(table, optionLimitsTable());
    });
  }

  it("have a date and pages", () => {
    for (const { readOn, pages } of Object.values(OPTION_LIMITS)) {
      match(readOn, /^\d{4}-\d\d-\d\d$/);
      for (const page of pages) match(page, /^docs\.aws\.amazon\.com\/\S+\.html$/);
    }
  });

  it("are kept to exactly: what is at a limit passes, what is above is out", () => {
    const asked = "--payload 1KB --duration 1ms --latency 24h --requests 1/day --pattern nightly --onnx";
    const workload = readWorkload(workloadArguments(asked));
    for (const option of INFERENCE_OPTIONS) {
      const { payloadBytes, durationMs, memoryMb } = OPTION_LIMITS[option];
      const codes = (over: object): readonly string[] =>
        outReasons(option, { ...workload, ...over }).map(({ code }) => code);
      equal(codes({ payloadBytes }).includes("payload"), false, option);
      equal(codes({ payloadBytes: payloadBytes + 1 }).includes("payload"), true, option);
      equal(codes({ answerBytes: payloadBytes + 1 }).includes("payload"), true, option);
      equal(codes({ durationMs }).includes("duration"), false, option);
      equal(codes({ durationMs: durationMs + 1 }).includes("duration"), true, option);
      if (memoryMb === undefined) continue;
      equal(codes({ memoryMb }).includes("memory"), false, option);
      equal(codes({ memoryMb: memoryMb + 1 }).includes("memory"), true, option);
    }
  });
});
