import type { CheckResult } from "../check/checkResult";
import { checkAnnotations } from "./checkAnnotations";
import { checkJson } from "./checkJson";
import { checkJunit } from "./checkJunit";
import { checkMarkdown } from "./checkMarkdown";
import type { CheckReport, CheckReportOptions } from "./checkReport";
import { checkSarif } from "./checkSarif";
import { checkText } from "./checkText";

/** Formats of a check's report. */
export const CHECK_FORMATS = ["text", "json", "sarif", "junit", "markdown", "github"] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Writes a result in a format; text has no colours. */
export function checkReport(format: CheckFormat, result: CheckResult, options: CheckReportOptions): CheckReport {
  const whole = (text: string): CheckReport => ({ text, warnings: [] });
  switch (format) {
    case "text":
      return whole(checkText(result));
    case "json":
      return whole(checkJson(result, options));
    case "sarif":
      return checkSarif(result, options);
    case "junit":
      return whole(checkJunit(result, options));
    case "markdown":
      return checkMarkdown(result, options);
    case "github":
      return whole(checkAnnotations(result, options));
  }
}
