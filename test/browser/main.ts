import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser } from "puppeteer-core";
import { reportPage } from "../../cli/report/page/reportPage";
import { HOSTILE, reportOf } from "../cli/report/page/handmadeReport";
import { findChromium } from "./findChromium";
import { axeProblems, openedPage, unfold } from "./openedPage";
import { lookAt, lookProblems } from "./pageLook";
import { type ServedRun, servedRun } from "./servedRun";

/** Widths of windows in pixels: a phone, a tablet, a desk. */
const WIDTHS = [360, 768, 1280];
const SCHEMES = ["light", "dark"] as const;

/** A page that is looked at. */
interface Subject {
  readonly name: string;
  readonly address: string;
  /** Charts that must be there, at least. */
  readonly charts: number;
  /** True for what a server sends, whose headers are judged, too. */
  readonly served: boolean;
}

/**
 * Opens the report of a run in headless Chromium, as a file and from the plane, and a report in which every name is hostile,
 * in all widths and both colour schemes. Ends with 0 when nothing is wrong, with 1 otherwise, and with 2 without a Chromium.
 */
async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.error(
      "test:browser: no Chromium was found: neither does CHROMIUM_PATH name a program, nor is chromium, chromium-browser or google-chrome on PATH.\nInstall one, on Debian with: apt-get install -y chromium",
    );
    process.exitCode = 2;
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-browser-"));
  let run: ServedRun | undefined;
  let browser: Browser | undefined;
  try {
    run = await servedRun();
    // As root, Chromium has no sandbox of its own; nothing but our own pages is opened.
    const args = process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"];
    browser = await puppeteer.launch({ executablePath, args });
    const hostile = path.join(folder, "hostile.html");
    await writeFile(hostile, reportPage(reportOf(HOSTILE)));
    const subjects: readonly Subject[] = [
      { name: "out/report.html", address: pathToFileURL(run.file).href, charts: 18, served: false },
      { name: "/_report", address: run.address, charts: 18, served: true },
      { name: "hostile names", address: pathToFileURL(hostile).href, charts: 10, served: false },
    ];
    let [passed, failed] = [0, 0];
    for (const subject of subjects) {
      for (const width of WIDTHS) {
        for (const scheme of SCHEMES) {
          const problems = await look(browser, subject, width, scheme);
          for (const problem of problems) console.error(`✗ ${subject.name}, ${width} px, ${scheme}: ${problem}`);
          if (problems.length > 0) failed++;
          else passed++;
        }
      }
    }
    console.log(`${await browser.version()}: ${subjects.map(({ name }) => name).join(", ")}`);
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await browser?.close();
    await run?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function look(
  browser: Browser,
  { address, charts, served }: Subject,
  width: number,
  scheme: (typeof SCHEMES)[number],
): Promise<readonly string[]> {
  const { page, problems, headers } = await openedPage(browser, { address, width, scheme });
  try {
    const folded = lookProblems(await lookAt(page), charts);
    await unfold(page);
    const unfolded = lookProblems(await lookAt(page), charts).filter((problem) => !folded.includes(problem));
    const axe = await axeProblems(page);
    return [...(served ? headerProblems(headers) : []), ...folded, ...unfolded, ...axe, ...problems];
  } finally {
    await page.close();
  }
}

/** What of the headers is not as a page needs it that shows what a program named. */
function headerProblems(headers: Readonly<Record<string, string>>): readonly string[] {
  const wanted: readonly (readonly [string, RegExp])[] = [
    ["content-type", /^text\/html; charset=utf-8$/],
    ["content-security-policy", /^default-src 'none'; (?!.*unsafe).*frame-ancestors 'none'$/],
    ["x-content-type-options", /^nosniff$/],
  ];
  return wanted
    .filter(([name, value]) => !value.test(headers[name] ?? ""))
    .map(([name]) => `header ${name}: ${headers[name] ?? "absent"}`);
}

main().catch((error: unknown) => {
  console.error("test:browser:", error);
  process.exitCode = 1;
});
