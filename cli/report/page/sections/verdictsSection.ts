import type { PackPolicyResult, PackResult } from "../../../../policy/verdict";
import type { CheckFinding } from "../../../check/checkFinding";
import { counts, severityRank } from "../../../check/checkFinding";
import { chart } from "../../charts/chart";
import { type Markup, markup } from "../../charts/markup";
import { type Square, type SquareState, squareSign, squares } from "../../charts/squares";
import { checkSummary } from "../../checkSummary";
import { counted } from "../../counted";
import { dataTable, folded } from "../dataTable";
import type { RunReport } from "../runReport";
import { nothing, type PageSection } from "../section";

/** What squares say, in the order of the legend. */
const WORDS: Readonly<Record<SquareState, string>> = {
  held: "holds",
  refused: "refuses the stack",
  shown: "says something, refuses nothing",
  unknown: "cannot be told before the cloud is asked",
  excepted: "excepted, or known before",
  off: "switched off",
};

/** What the policy packs say of the stack: a square for each rule. */
export function verdictsSection({ exhibits }: RunReport): PageSection {
  const { check } = exhibits;
  const used = new Set<SquareState>();
  const packs = check.packs.map((pack, i) => {
    const all = pack.policies.map((policy) => squareOf(policy, pack, check.findings));
    for (const { state } of all) used.add(state);
    const title = `${pack.pack}: ${counted(pack.policies.length, "rule")}`;
    const text = { id: `rules-${i}`, title, description: all.map((square) => square.title).join("; ") };
    if (all.length === 0) return nothing(`${pack.pack} has no rule.`);
    return markup`<figure class="pack"><figcaption>${title}</figcaption>${chart(text, (width) => squares(all, width))}</figure>
`;
  });
  const findings = [...check.findings].sort((a, b) => severityRank(a) - severityRank(b));
  return {
    id: "verdicts",
    title: "Verdicts of the policy packs",
    lead: sentence(checkSummary(check)),
    content:
      check.packs.length === 0
        ? nothing("No policy pack was run.")
        : [
            packs,
            markup`<ul class="legend">${(Object.keys(WORDS) as SquareState[]).filter((state) => used.has(state)).map((state) => markup`<li>${squareSign(state)} ${WORDS[state]}</li>`)}</ul>
`,
            findings.length === 0
              ? nothing("No rule has anything to say.")
              : folded(
                  `${counted(findings.length, "finding")} in words`,
                  markup`<ul class="findings">${findings.map(findingItem)}</ul>`,
                ),
            folded(
              "Every rule, as a table",
              dataTable({
                caption: "Rules of the policy packs and what they say",
                heads: ["rule", "pack", "severity", "says", "what it wants"],
                rows: check.packs.flatMap((pack) =>
                  pack.policies.map((policy) => [
                    policy.rule.id,
                    pack.pack,
                    policy.rule.severity ?? "–",
                    WORDS[stateOf(policy, pack, check.findings)],
                    policy.rule.title,
                  ]),
                ),
              }),
            ),
          ],
  };
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function findingItem({ rule, resource, finding, violation }: CheckFinding): Markup {
  const where =
    resource === undefined ? "the stack" : `${resource.name}${finding.path === "" ? "" : `, ${finding.path}`}`;
  const weight = violation ? "refused" : finding.status === "unknown" ? "unknown" : "shown";
  return markup`<li>${squareSign(weight)} <div><strong>${rule.id}</strong> ${rule.severity && markup`<span class="tag">${rule.severity}</span>`} ${where}: ${finding.message}.${rule.fix && markup` <span class="note">${rule.fix}</span>`}</div></li>`;
}

function squareOf(policy: PackPolicyResult, pack: PackResult, findings: readonly CheckFinding[]): Square {
  const state = stateOf(policy, pack, findings);
  return { state, title: `${policy.rule.id} ${WORDS[state]}` };
}

/** The worst that a rule says. */
function stateOf(
  { rule, enforcement }: PackPolicyResult,
  { pack }: PackResult,
  findings: readonly CheckFinding[],
): SquareState {
  const own = findings.filter((one) => one.rule.id === rule.id && one.rule.pack === pack);
  const counting = own.filter(counts);
  if (counting.some(({ violation }) => violation)) return "refused";
  if (counting.some(({ finding }) => finding.status === "fail")) return "shown";
  if (counting.length > 0) return "unknown";
  if (own.length > 0) return "excepted";
  return enforcement === "disabled" ? "off" : "held";
}
