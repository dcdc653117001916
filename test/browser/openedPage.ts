import axe from "axe-core";
import type { Browser, Page } from "puppeteer-core";
import * as z from "zod";

/** How a page is opened. */
export interface Opening {
  readonly address: string;
  readonly width: number;
  readonly scheme: "light" | "dark";
}

const HEIGHT = 800;

/** Opens a page and notes whatever goes wrong meanwhile: errors on the console, requests that fail or lead elsewhere. */
export async function openedPage(
  browser: Browser,
  { address, width, scheme }: Opening,
): Promise<{
  readonly page: Page;
  readonly problems: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error instanceof Error ? error.message : String(error)}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("requestfailed", (request) => problems.push(`request failed: ${request.url().slice(0, 200)}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) problems.push(`request elsewhere: ${url.slice(0, 200)}`);
  });
  await page.setViewport({ width, height: HEIGHT });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const response = await page.goto(address, { waitUntil: "load" });
  return { page, problems, headers: response?.headers() ?? {} };
}

/** Opens everything that is folded away. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
}

const Results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
  passes: z.array(z.object({ id: z.string() })),
});

/** What axe-core finds that is serious or critical, one line each; it must have found out something. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = Results.parse(
    await page.evaluate("axe.run({ resultTypes: ['violations', 'passes'] })"),
  );
  return [
    ...violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.length} times, as in ${nodes[0]?.html.slice(0, 160)}`),
    ...(passes.some(({ id }) => id === "color-contrast") ? [] : ["axe did not judge the contrast of any text"]),
  ];
}
