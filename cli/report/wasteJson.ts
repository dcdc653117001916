import { jsonText } from "./jsonText";
import { type WasteReport, wastesTooMuch } from "./wasteReport";

/** Version of the JSON's shape: raised when something that a program reads is renamed or removed. */
const SCHEMA = 1;

/** The result for programs. Money is in decimal texts, so that nothing is lost in a float. */
export function wasteJson(report: WasteReport): string {
  const { findings, total, notJudged, prices } = report.result;
  const document = {
    schema: SCHEMA,
    project: prices.project,
    stack: prices.stack,
    total,
    bill: prices.total,
    findings: findings.map(({ kind, finding, monthly, alone, countedIn }) => ({
      kind: kind.id,
      title: kind.title,
      resources: finding.resources,
      what: finding.what,
      fix: finding.fix,
      ...(finding.provided !== undefined && { provided: finding.provided }),
      ...(monthly && { monthly }),
      ...(alone && { alone }),
      ...(finding.unpriced !== undefined && { unpriced: finding.unpriced }),
      countedIn: countedIn.map(({ id }) => id),
    })),
    notJudged: notJudged.map(({ kind, resource, why }) => ({ kind: kind.id, resource, why })),
    notPriced: prices.notPriced.filter(({ reason }) => reason !== "free"),
    book: prices.book,
    ...(report.failOn && { failOn: { usd: report.failOn, over: wastesTooMuch(report) } }),
  };
  return jsonText(document);
}
