import { deepEqual, equal, ok } from "node:assert/strict";
import { choose } from "../../../cli/chooser/choose";
import { readWorkload } from "../../../cli/chooser/readWorkload";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { workloadArguments } from "./workloadArguments";
import { WORKLOADS } from "./workloads";

const BOOK = shippedBook();
const TODAY = new Date("2026-11-26");

describe("The chooser", () => {
  for (const { what, asked, first, because, out = {} } of WORKLOADS) {
    it(`takes ${first} for ${what}`, () => {
      const choice = choose(readWorkload(workloadArguments(asked)), BOOK, TODAY);
      const costs = choice.options.map(
        (one) => `${one.option} ${one.cost?.monthly.expected.toString(2) ?? one.out.map(({ code }) => code).join()}`,
      );
      deepEqual([choice.first?.option, choice.first?.because], [first, because], costs.join("; "));
      for (const [option, code] of Object.entries(out)) {
        const reasons = choice.options.find((one) => one.option === option)?.out ?? [];
        ok(
          reasons.some((reason) => reason.code === code),
          `${option} is out for ${reasons.map((one) => one.code)}`,
        );
      }
    });
  }

  it("knows at least 25 workloads, and every option as the first of one", () => {
    ok(WORKLOADS.length >= 25);
    equal(new Set(WORKLOADS.map(({ first }) => first)).size, 8);
  });
});
