import { Markup, markup } from "../charts/markup";
import { pagePolicy } from "./contentSecurityPolicy";
import type { RunReport } from "./runReport";
import { type PageSection, sectionMarkup } from "./section";
import { architectureSection } from "./sections/architectureSection";
import { classifySection } from "./sections/classifySection";
import { forecastsSection } from "./sections/forecastsSection";
import { headSection } from "./sections/headSection";
import { picturesSection } from "./sections/picturesSection";
import { pricesSection } from "./sections/pricesSection";
import { savingsSection } from "./sections/savingsSection";
import { speedSection } from "./sections/speedSection";
import { verdictsSection } from "./sections/verdictsSection";
import { PAGE_STYLE } from "./style";

/**
 * A run as one page of HTML that stands alone: no script, nothing from elsewhere, pictures within it. Every figure is of the
 * objects that it is given.
 */
export function reportPage(report: RunReport): string {
  const classify = classifySection(report);
  const sections: readonly PageSection[] = [
    architectureSection(report),
    picturesSection(report),
    forecastsSection(report),
    ...(classify ? [classify] : []),
    pricesSection(report),
    savingsSection(report),
    verdictsSection(report),
    speedSection(report),
  ];
  const { project, stack } = report.exhibits.check;
  const page = markup`<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${pagePolicy()}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${project} ${stack}: ${report.summary.ok ? "everything held" : "failures"} – frugal-ml</title><style>${Markup.trusted(PAGE_STYLE)}</style></head>
<body>
<a class="skip" href="#architecture">Skip to the sections</a>
${headSection(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${sections.map(sectionMarkup)}
</main>
<footer><p>Written by frugal-ml at ${report.made.toISOString().slice(0, 19).replace("T", " ")} UTC from the run of stack ${stack} of ${project}. The same figures are in summary.json beside this page.</p></footer>
</body>
</html>
`;
  return `<!doctype html>\n${page}`;
}
