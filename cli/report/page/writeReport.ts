import path from "node:path";
import type { RunSummary } from "../../../contracts/runSummary";
import { writeWhole } from "../../check/writeWhole";
import type { RunExhibits } from "../../job/runExhibits";
import { forecastChart } from "../charts/forecastChart";
import { embeddedAnswers, embeddedPictures } from "./embeddedPicture";
import { reportPage } from "./reportPage";

/** File of the page, in the job's folder. */
export const REPORT_FILE = "report.html";

/** File of the forecasts alone, beside it. */
const FORECASTS_FILE = "forecasts.svg";

/**
 * Writes the page of a run, as a whole, and its forecasts as a picture of their own where there are some.
 * @returns the page
 * @throws CannotRunError `ReportNotWritten`
 */
export async function writeReport(out: string, summary: RunSummary, exhibits: RunExhibits): Promise<string> {
  const pictures = await embeddedPictures(exhibits.pictures);
  const answers = await embeddedAnswers(exhibits.classified);
  const page = reportPage({ summary, exhibits, pictures, answers, made: new Date() });
  writeWhole(path.join(out, REPORT_FILE), page);
  if (exhibits.forecasts.length > 0) writeWhole(path.join(out, FORECASTS_FILE), forecastChart(exhibits.forecasts));
  return page;
}
