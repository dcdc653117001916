import type { Alternative, Comparison } from "../pricing/savings/savings";

/** Width of the column with names. */
const NAME = 52;

/** Comparisons for a reader: each way with its cost, what it is made of, and what to know. */
export function savingsText(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons.map(({ title, unit, alternatives, notes }) =>
    [
      `${title}: ${unit}`,
      ...alternatives.map(
        (one) => `  ${one.ours ? "*" : " "} ${one.name.padEnd(NAME)}${costText(one).padEnd(36)}${one.how}`,
      ),
      ...notes.map((note) => `  ${note}`),
    ].join("\n"),
  );
}

/** A cost and its bounds to four places: these are costs of small things. */
export function costText({ usd }: Alternative): string {
  if (usd === undefined) return "no price in the book";
  const { low, expected, high } = usd;
  const text = `$${expected.toString(4)}`;
  return low.compare(high) === 0 ? text : `${text} ($${low.toString(4)} to $${high.toString(4)})`;
}
