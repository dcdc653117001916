import type { Choice, OptionVerdict } from "../chooser/choose";
import { bookSentence, breakEvenText, reasonText, workloadSentences } from "./choiceWords";
import { moneyRange } from "./priceWords";

/** Width of the column with options. */
const OPTION = 20;

/** The choice for a reader: the first and why, what each costs and rests on, and why the others are out. */
export function choiceText(choice: Choice): string {
  const { first, options, breakEvens } = choice;
  const taking = options.filter(({ out }) => out.length === 0);
  const others = options.filter(({ out }) => out.length > 0);
  return `${[
    workloadSentences(choice).join("\n"),
    ...(taking.length > 0 ? [["Takes the workload, by cost a month", ...taking.flatMap(taken)].join("\n")] : []),
    ...(others.length > 0 ? [["Does not", ...others.flatMap(left)].join("\n")] : []),
    ...(breakEvens.length > 0
      ? [["Break-even", ...breakEvens.map((one) => `  ${breakEvenText(one)}`)].join("\n")]
      : []),
    bookSentence(choice),
    first === undefined
      ? "No option takes the workload."
      : `${first.option} (${options[0]?.component}): ${first.text}.`,
  ].join("\n\n")}\n`;
}

function taken({ option, cost, notes }: OptionVerdict): readonly string[] {
  const money = cost === undefined ? "not priced: the book has no price for it there" : moneyRange(cost.monthly);
  const lines = [...(cost?.assumptions ?? []), ...notes];
  return [`  ${option.padEnd(OPTION)}${money}`, ...lines.map((line) => `    ${line}`)];
}

function left({ option, out }: OptionVerdict): readonly string[] {
  return out.map((reason, index) => `  ${(index === 0 ? option : "").padEnd(OPTION)}${reasonText(reason)}`);
}
