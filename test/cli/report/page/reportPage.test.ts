import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { reportPage } from "../../../../cli/report/page/reportPage";
import type { RunReport } from "../../../../cli/report/page/runReport";
import { writeReport } from "../../../../cli/report/page/writeReport";
import { CannotRunError } from "../../../../contracts/cannotRunError";
import { graphOf } from "../../pricing/pricedGraph";
import { resultOf } from "../checkResults";
import { forecastOf, HOSTILE, priceOf, reportOf, summaryOf } from "./handmadeReport";

/** A run of a stack with nothing in it. */
function emptyReport(failures: readonly string[] = []): RunReport {
  const nothing = { images: 0, perSecond: 0, p50Ms: 0, p99Ms: 0, cpuMsPerImage: 0 };
  return {
    summary: summaryOf({
      ok: failures.length === 0,
      failures,
      normalize: nothing,
      train: undefined,
      serve: undefined,
      classify: undefined,
    }),
    exhibits: {
      graph: graphOf([]),
      check: { ...resultOf([]), packs: [] },
      pictures: [],
      forecasts: [],
      classified: [],
    },
    pictures: [],
    answers: [],
    made: new Date("2026-10-10T12:00:00Z"),
  };
}

/** Text of the page as it is read: without tags, with its characters. */
function words(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");
}

describe("the page of a run", () => {
  const page = reportPage(reportOf("it"));

  it("stands alone: no script, no frame, nothing from elsewhere, no style beside the sheet", () => {
    assert.doesNotMatch(page, /<(script|iframe|object|embed|link|base|form)\b| on\w+=| style=|@import|javascript:/i);
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g))
      assert.match(address ?? "", /^(data:image\/|#)/);
    for (const [, target] of page.matchAll(/url\(([^)]*)\)/g)) assert.match(target ?? "", /^#[\w-]+$/);
    assert.ok(page.startsWith('<!doctype html>\n<html lang="en">'));
  });

  it("shows hostile names as text, everywhere", () => {
    const hostile = reportPage(reportOf(HOSTILE));
    assert.doesNotMatch(hostile, /<script|onerror=alert\(1\)>(?!.*&)|<\/title><script/);
    assert.doesNotMatch(hostile, /<img src=x/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    assert.doesNotMatch(hostile, /[\u0000\u202e]/);
    assert.ok(words(hostile).includes(`</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;`));
    // The same elements, whatever the names are.
    const elements = (text: string): readonly string[] => [...text.matchAll(/<(\w+)/g)].map((match) => match[1] ?? "");
    const kinds = (text: string): readonly string[] => [...new Set(elements(text))].sort();
    assert.deepEqual(kinds(hostile), kinds(page));
  });

  it("is well-formed, with unique ids, and every reference leads somewhere", () => {
    for (const text of [page, reportPage(reportOf(HOSTILE)), reportPage(emptyReport())]) {
      const closed = text.replace(/<(meta|img)\b[^>]*>/g, "").replace("<!doctype html>", "");
      assert.equal(XMLValidator.validate(closed), true);
      const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
      assert.equal(new Set(ids).size, ids.length);
      for (const [, id] of text.matchAll(/(?:href="|url\()#([\w-]+)/g)) assert.ok(ids.includes(id), id);
      for (const [, names = ""] of text.matchAll(/aria-(?:labelledby|describedby)="([^"]*)"/g))
        assert.ok(ids.includes(names), names);
    }
  });

  it("has headings in order, tables with captions and scopes, and charts with title, description and table", () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map((match) => Number(match[1]));
    for (const [i, level] of levels.entries()) assert.ok(level <= (levels[i - 1] ?? 0) + 1, `${levels}`);
    assert.equal(levels.filter((level) => level === 1).length, 1);
    const tables = page.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    assert.ok(tables.length >= 10, `${tables.length}`);
    for (const table of tables) {
      assert.match(table, /^<table><caption>[^<]+<\/caption><thead><tr><th scope="col"/);
      assert.doesNotMatch(table, /<th(?! scope="(?:col|row)")[ >]/);
    }
    const charts = page.match(/<svg class="chart[\s\S]*?<\/svg>/g) ?? [];
    assert.ok(charts.length >= 16, `${charts.length}`);
    for (const drawn of charts) {
      assert.match(drawn, /role="img" aria-labelledby="[\w-]+" aria-describedby="[\w-]+"/);
      assert.match(drawn, /<title id="[\w-]+">[^<]+<\/title><desc id="[\w-]+">[^<]+<\/desc>/);
      assert.doesNotMatch(drawn, /NaN|undefined|Infinity/);
    }
  });

  it("has the figures of the summary and of what it was made from, and no others", () => {
    const report = reportOf("it");
    const text = words(reportPage(report));
    const { normalize, train, serve, price, seconds } = report.summary;
    assert.ok(price && train && serve);
    const wanted = [
      `$${price.monthly.toFixed(2)}`,
      `${normalize.perSecond}/s`,
      `${normalize.cpuMsPerImage} ms of CPU`,
      `p99 ${normalize.p99Ms}`,
      `in ${train.seconds} s`,
      `${train.medianMase}`,
      `${serve.coveragePercent} %`,
      `${serve.coldMs} ms`,
      `${seconds.toFixed(1)} s`,
      "9 days old",
      "1 violation",
    ];
    for (const figure of wanted) assert.ok(text.includes(figure), figure);
  });

  it("says why a section is empty, each for its own reason", () => {
    const text = words(reportPage(emptyReport(["price: BadUsageFile: line 3"])));
    const reasons = [
      "The stack has nothing that data flows through",
      "No photograph was normalised",
      "The stack trains no fleet.",
      "No endpoint serves a fleet",
      "price: BadUsageFile: line 3",
      "Without a price there is nothing to compare.",
      "No policy pack was run.",
    ];
    for (const reason of reasons) assert.ok(text.includes(reason), reason);
    const elsewhere = { ...emptyReport(), exhibits: { ...emptyReport().exhibits, price: priceOf([], "mars-north-1") } };
    const unpriced = words(reportPage(elsewhere));
    assert.ok(unpriced.includes("Nothing of the stack has a price.") && unpriced.includes("Region is not known"));
  });

  it("shows what is not known as not known", () => {
    const report = reportOf("it");
    const { title, ...chart } = forecastOf("x");
    const { serve, train } = summaryOf();
    assert.ok(serve && train);
    const unheld = { ...report, summary: summaryOf({ serve: { ...serve, coveragePercent: null } }) };
    const text = words(
      reportPage({ ...unheld, exhibits: { ...report.exhibits, forecasts: [{ ...chart, title, truth: [] }] } }),
    );
    assert.ok(text.includes("Nothing of this dataset was held back"));
    assert.match(text, /forecast 80 % from to happened 2023-11-01 14 11 18 – /);
    const one = summaryOf({ train: { ...train, medianMase: null, naiveMase: null } });
    assert.ok(
      words(reportPage({ ...report, summary: one })).includes("No customer had enough readings to hold some out."),
    );
    assert.ok(text.includes("cannot be shown") && text.includes("not decoded"));
  });

  it("shows what the classifier said, wrong answers as such, and nothing of a stack without one", () => {
    const text = words(page);
    assert.ok(text.includes("1 of 3 pictures") && text.includes("6 hostile requests were refused"));
    for (const said of ["it ✓ 98 %", "seven ✗ is it 51 %", "no answer"]) assert.ok(text.includes(said), said);
    assert.equal(page.match(/<li class="wrong">/g)?.length, 2);
    assert.doesNotMatch(reportPage(emptyReport()), /classifier/);
  });

  it("warns of prices that are old", () => {
    const report = reportOf("it");
    const { price } = report.exhibits;
    assert.ok(price);
    const result = { ...price.result, book: { ...price.result.book, ageInDays: 56, stale: true } };
    const old = reportPage({ ...report, exhibits: { ...report.exhibits, price: { ...price, result } } });
    assert.match(old, /<p class="stale">[^<]*56 days old[^<]*older than 30 days/);
  });

  it("is written as a whole, or not at all", async () => {
    const out = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
    try {
      const { summary, exhibits } = reportOf("it");
      const written = await writeReport(out, summary, exhibits);
      assert.deepEqual(readdirSync(out).sort(), ["forecasts.svg", "report.html"]);
      assert.equal(XMLValidator.validate(readFileSync(path.join(out, "forecasts.svg"), "utf8")), true);
      assert.equal(readFileSync(path.join(out, "report.html"), "utf8"), written);
      const without = path.join(out, "without");
      await writeReport(without, summary, { ...exhibits, forecasts: [] });
      assert.deepEqual(readdirSync(without), ["report.html"]);
      const blocked = path.join(out, "blocked");
      mkdirSync(path.join(blocked, "report.html"), { recursive: true });
      await assert.rejects(
        writeReport(blocked, summary, exhibits),
        (error) => error instanceof CannotRunError && error.code === "ReportNotWritten",
      );
      assert.deepEqual(readdirSync(blocked), ["report.html"]);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
