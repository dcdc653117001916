import type { Choice } from "../chooser/choose";
import { bookSentence, breakEvenText, reasonText, workloadSentences } from "./choiceWords";
import { moneyRange } from "./priceWords";

/** The choice for a page or a pull request. */
export function choiceMarkdown(choice: Choice): string {
  const { first, options, breakEvens } = choice;
  const rows = options.map(({ option, component, out, cost, notes }) => {
    const money = out.length > 0 ? "–" : cost === undefined ? "not priced" : moneyRange(cost.monthly);
    const why = out.length > 0 ? out.map(reasonText) : [...(cost?.assumptions ?? []), ...notes];
    return `| ${option} | ${component} | ${out.length > 0 ? "no" : "yes"} | ${money} | ${why.join("; ")} |`;
  });
  return `${[
    first === undefined ? "### No option takes the workload" : `### ${first.option}: ${first.text}`,
    workloadSentences(choice)
      .map((line) => `- ${line}`)
      .join("\n"),
    ["| option | component | takes it | a month | because |", "|---|---|---|--:|---|", ...rows].join("\n"),
    ...(breakEvens.length > 0 ? [breakEvens.map((one) => `- ${breakEvenText(one)}`).join("\n")] : []),
    bookSentence(choice),
  ].join("\n\n")}\n`;
}
