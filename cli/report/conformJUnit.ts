import { XMLBuilder } from "fast-xml-parser";
import { CheckLevel } from "../conform/conformCheck";
import type { ConformResult, ConformVerdict } from "../conform/conformResult";

/** Characters that XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g;

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true });

/**
 * How a container stands to the contract, as JUnit's XML: a suite for each group, a case for each check. A `should` that is
 * not met is a skipped case that says so, since build servers have no other word for what does not fail a build.
 */
export function conformJUnit(result: ConformResult): string {
  const groups = [...new Set(result.verdicts.map(({ group }) => group))];
  const testsuite = groups.map((group) => {
    const verdicts = result.verdicts.filter((one) => one.group === group);
    const cases = verdicts.map((one) => caseOf(one));
    return {
      "@name": group,
      "@tests": cases.length,
      "@failures": cases.filter(({ failure }) => failure !== undefined).length,
      "@skipped": cases.filter(({ skipped }) => skipped !== undefined).length,
      testcase: cases,
    };
  });
  const document = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: { "@name": `frugal-ml conform ${result.url}`, "@time": result.seconds.toFixed(3), testsuite },
  };
  return builder.build(document);
}

interface JUnitCase {
  readonly "@classname": string;
  readonly "@name": string;
  readonly failure?: { readonly "@message": string; readonly "#text": string };
  readonly skipped?: { readonly "@message": string };
}

function caseOf({ id, group, level, asks, verdict, reason = "", sent, came, page }: ConformVerdict): JUnitCase {
  const named = { "@classname": `conform.${group}`, "@name": id };
  const message = writable(reason);
  if (verdict === "pass") return named;
  if (verdict === "skipped") return { ...named, skipped: { "@message": message } };
  if (level === CheckLevel.Should) return { ...named, skipped: { "@message": `should, not met: ${message}` } };
  const text = [`asked: ${asks}`, `sent: ${sent ?? "nothing"}`, `came: ${came ?? "nothing"}`, page].join("\n");
  return { ...named, failure: { "@message": message, "#text": writable(text) } };
}

function writable(text: string): string {
  return text.replaceAll(UNWRITABLE, "\ufffd");
}
