import { deepEqual, equal, match, ok } from "node:assert/strict";
import { instancesFor, meanBusy } from "../../../cli/chooser/capacity";
import { choose } from "../../../cli/chooser/choose";
import { InferenceOption } from "../../../cli/chooser/inferenceOption";
import { optionCost } from "../../../cli/chooser/optionCost";
import { outReasons } from "../../../cli/chooser/optionReasons";
import { readWorkload } from "../../../cli/chooser/readWorkload";
import type { Workload } from "../../../cli/chooser/workload";
import { shippedBook } from "../../../cli/pricing/book/readPriceBook";
import { CHOICE_REPORTS } from "../../../cli/report/choiceFormats";
import { workloadArguments } from "./workloadArguments";

const BOOK = shippedBook();
const TODAY = new Date("2026-11-26");
const read = (asked: string): Workload => readWorkload(workloadArguments(asked));

/** Ten requests a second of a tenth of a second: one at a time, on average. */
const ONE_BUSY = "--payload 1KB --answer 1KB --duration 100ms --latency 1s --requests 10/second --pattern steady";

describe("The cost of an option", () => {
  it("of instances follows from requests, duration and the peak of the pattern", () => {
    const steady = read(ONE_BUSY);
    equal(meanBusy(steady), 1);
    // 1 / (2 × 0.7) is less than one instance; 20 times as much needs 15.
    deepEqual(instancesFor(steady, { workers: 2, least: 1 }), { low: 1, expected: 1, high: 1 });
    const busy = { ...steady, requestsPerMonth: steady.requestsPerMonth * 20 };
    deepEqual(instancesFor(busy, { workers: 2, least: 1 }), { low: 10, expected: 15, high: 15 });
    // Ten times the load in a tenth of the time: 8 instances then, and the fewest otherwise.
    const spiky = { ...steady, peakFactor: 10 };
    deepEqual(instancesFor(spiky, { workers: 2, least: 1 }), { low: 1, expected: 8 / 10 + 0.9, high: 8 });
    deepEqual(instancesFor(spiky, { workers: 2, least: 0 }), { low: 0.5, expected: 0.8, high: 8 });
  });

  it("is what frugal-ml price says of the same stack", () => {
    const cost = (option: InferenceOption, workload: Workload) =>
      optionCost(option, workload, BOOK, TODAY)?.monthly.expected.toString(2);
    const steady = read(ONE_BUSY);
    const requests = steady.requestsPerMonth;
    const data = (2 * requests * 1024 * 0.016) / 1024 ** 3;
    // One ml.c6g.large with 30 GB, the cheapest that holds 2 GB.
    equal(cost(InferenceOption.RealTime, steady), (730 * 0.0816 + 30 * 0.14 + data).toFixed(2));
    equal(optionCost(InferenceOption.RealTime, steady, BOOK, TODAY)?.instanceType, "ml.c6g.large");
    equal(cost(InferenceOption.Serverless, steady), (requests * 0.1 * 0.00004 + data).toFixed(2));
    const gbSeconds = requests * 0.1 * 2;
    equal(
      cost(InferenceOption.ClassifierApi, steady),
      (gbSeconds * 0.0000133334 + requests * (0.2e-6 + 1e-6)).toFixed(2),
    );
    // A day's work on the cheapest instance for jobs, and five minutes of start.
    const hours = 730 / 2 + (730 / 24) * (5 / 60);
    ok(Math.abs(Number(cost(InferenceOption.BatchTransform, steady)) - hours * 0.115) < hours * 0.02);
  });

  it("of jobs has a start for each model, since each has a job of its own", () => {
    const one = read("--payload 1KB --duration 100ms --latency 1d --requests 1000/day --pattern nightly");
    const cost = (workload: Workload) => optionCost(InferenceOption.BatchTransform, workload, BOOK, TODAY);
    const many = { ...one, models: 40 };
    const starts = (730 / 24) * (5 / 60) * 0.115;
    const more = Number(cost(many)?.monthly.expected) - Number(cost(one)?.monthly.expected);
    ok(Math.abs(more - 39 * starts) < 0.01, String(more));
    match(cost(many)?.assumptions[0] ?? "", /^40 jobs a day, each with /);
    const { options, first } = choose(many, BOOK, TODAY);
    // Forty starts a night cost more than memory that is paid only while it answers.
    deepEqual([first?.because, choose(one, BOOK, TODAY).first?.because], ["cost", "dataset"]);
    deepEqual(options.find(({ option }) => option === InferenceOption.BatchTransform)?.notes, [
      "each of the 40 models has a job of its own",
    ]);
  });

  it("is not told where the book has no price", () => {
    const elsewhere = read(`${ONE_BUSY} --region ap-south-2`);
    const { options, first } = choose(elsewhere, BOOK, TODAY);
    ok(options.every(({ cost }) => cost === undefined));
    deepEqual([first?.option, first?.because], ["real-time", "unpriced"]);
    match(CHOICE_REPORTS.text(choose(elsewhere, BOOK, TODAY)), /real-time +not priced: the book has no price/);
  });

  it("turns where the break-even says", () => {
    const asked = read("--payload 100KB --duration 300ms --latency 2s --requests 1000/day --pattern spiky");
    const { breakEvens } = choose(asked, BOOK, TODAY);
    const [one] = breakEvens;
    deepEqual([breakEvens.length, one?.below, one?.above], [1, "serverless", "real-time"]);
    const at = (requestsPerMonth: number) => choose({ ...asked, requestsPerMonth }, BOOK, TODAY).first?.option;
    equal(at((one?.requestsPerMonth ?? 0) * 0.99), "serverless");
    equal(at((one?.requestsPerMonth ?? 0) * 1.01), "real-time");
  });
});

describe("The report of a choice", () => {
  it("names no first when no option takes the workload", () => {
    const asked = read("--payload 2GB --duration 2h --latency 3h --requests 1/day --pattern spiky");
    const choice = choose(asked, BOOK, TODAY);
    equal(choice.first, undefined);
    match(CHOICE_REPORTS.text(choice), /No option takes the workload\.\n$/);
    match(CHOICE_REPORTS.markdown(choice), /^### No option takes the workload\n/);
    deepEqual(
      outReasons(InferenceOption.Async, asked).map(({ code }) => code),
      ["payload", "duration"],
    );
  });

  it("says what is asked and assumed, why others are out with pages and dates, and where costs turn", () => {
    const choice = choose(
      read("--payload 5MB --duration 300ms --latency 2s --requests 1000/day --pattern spiky --onnx"),
      BOOK,
      TODAY,
    );
    const text = CHOICE_REPORTS.text(choice);
    match(text, /^requests of 5 MB, answers of 10 KB; 300 ms each, answered within 2 s\n1,000 requests a day, spiky/);
    match(
      text,
      /serverless +requests or answers of 5 MB; at most 4 MB \(docs\.aws\.amazon\.com\/\S+, \S+, read \d{4}-\d\d-\d\d\)/,
    );
    match(text, /\nreal-time \(RealTimeEndpoint\): no other option takes the workload\.\n$/);
    const json: unknown = JSON.parse(CHOICE_REPORTS.json(choice));
    deepEqual(Reflect.get(Object(json), "first"), choice.first);
    const rows = CHOICE_REPORTS.markdown(choice)
      .split("\n")
      .filter((line) => line.startsWith("| "));
    equal(rows.length, 9);
  });
});
