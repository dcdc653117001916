import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "puppeteer-core";
import * as z from "zod";

const Look = z.object({
  scrollWidth: z.number(),
  clientWidth: z.number(),
  /** Elements that reach beyond the window and do not scroll by themselves. */
  beyond: z.array(z.string()),
  charts: z.array(
    z.object({
      title: z.string(),
      description: z.string(),
      width: z.number(),
      height: z.number(),
      /** Shapes that have a size. */
      marks: z.number(),
    }),
  ),
  /** Size of the smallest letters in a chart, in pixels of the window. */
  letters: z.number(),
  /** Texts in charts whose contrast is below 4.5. */
  unreadable: z.array(z.string()),
  pictures: z.array(z.object({ alt: z.string(), naturalWidth: z.number() })),
  headings: z.array(z.number()),
  scripts: z.number(),
  ids: z.array(z.string()),
});

/** What a reader sees of a page. */
export type PageLook = z.infer<typeof Look>;

const SCRIPT = readFileSync(path.join(__dirname, "inPage.js"), "utf8");

/** Looks at a page as it is shown now. */
export async function lookAt(page: Page): Promise<PageLook> {
  return Look.parse(await page.evaluate(SCRIPT));
}

/** Least size of letters in a chart, in pixels: smaller ones are not read on a phone. */
const LEAST_LETTERS = 9;

/** What is wrong with a look, one line each. */
export function lookProblems(look: PageLook, leastCharts: number): readonly string[] {
  const { scrollWidth, clientWidth, beyond, charts, letters, unreadable, pictures, headings, scripts, ids } = look;
  return [
    ...(scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} of ${clientWidth} pixels`] : []),
    ...beyond.map((element) => `reaches beyond the window: ${element}`),
    ...(charts.length < leastCharts ? [`${charts.length} charts are shown, not ${leastCharts}`] : []),
    ...charts
      .filter(({ width, height, marks }) => width < 20 || height < 10 || marks === 0)
      .map(({ title, marks }) => `chart without size or marks: ${title} (${marks} marks)`),
    ...charts
      .filter(({ title, description }) => title === "" || description === "")
      .map(({ title }) => `chart without title or description: ${title}`),
    ...(letters < LEAST_LETTERS ? [`letters of ${letters.toFixed(1)} pixels in a chart`] : []),
    ...unreadable.map((text) => `contrast in a chart: ${text}`),
    ...pictures
      .filter(({ alt, naturalWidth }) => alt === "" || naturalWidth === 0)
      .map(({ alt }) => `picture without words or not shown: ${alt}`),
    ...headings
      .filter((level, i) => level > (headings[i - 1] ?? 0) + 1)
      .map((level) => `heading of level ${level} follows one more than a level above`),
    ...(scripts > 0 ? [`${scripts} scripts`] : []),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id that is there twice: ${id}`),
  ];
}
