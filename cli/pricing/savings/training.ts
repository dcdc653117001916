import type { Decimal } from "../decimal";
import type { LineItem } from "../priceResult";
import { Range } from "../range";
import type { Comparison } from "./savings";

/** Training in a month on demand and on spot capacity, from what the bill has; undefined without spot training. */
export function compareTraining(items: readonly LineItem[], spotDiscount: Range): Comparison | undefined {
  const spot = items.filter(
    ({ price, what }) => price.key.usageType.startsWith("Train:ml.") && what.startsWith("step "),
  );
  if (spot.length === 0) return undefined;
  const paid = Range.sum(spot.map(({ monthly }) => monthly));
  const onDemand = Range.sum(spot.map(({ quantity, price }) => quantity.times(unit(price.usd))));
  const cases = ({ low, expected, high }: Range): Readonly<Record<"low" | "expected" | "high", Decimal>> => ({
    low,
    expected,
    high,
  });
  return {
    title: "Training",
    unit: `a month, ${onDemand.expected.isZero ? "no runs" : "every run"}`,
    alternatives: [
      { name: "on demand", how: "instance hours", ours: false, usd: cases(onDemand) },
      {
        name: "as declared",
        how: "spot where the pipeline asks for it, with the discount that the usage says",
        ours: true,
        usd: cases(paid),
      },
    ],
    notes: [
      `The discount is taken to be ${percent(spotDiscount.low)} to ${percent(spotDiscount.high)}, ${percent(spotDiscount.expected)} expected. AWS promises none; give what your bill says as training.spotDiscount.`,
      "A machine that is taken away costs the work since its last checkpoint again, which is not counted.",
    ],
  };
}

function unit(usd: string): Range {
  return Range.exactly(usd);
}

function percent(share: Decimal): string {
  return `${(share.toNumber() * 100).toLocaleString("en-US")} %`;
}
