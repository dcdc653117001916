import { SavingsPlanKind } from "../../../contracts/tags";
import { DISCOUNTS } from "./discountAdvice";
import type { KindAdvice } from "./planAdvice";

/** Names of the kinds in sentences. */
export const KIND_NAMES: Readonly<Record<SavingsPlanKind, string>> = {
  [SavingsPlanKind.SageMaker]: "SageMaker Savings Plans",
  [SavingsPlanKind.Compute]: "Compute Savings Plans",
};

const COVERS: Readonly<Record<SavingsPlanKind, string>> = {
  [SavingsPlanKind.SageMaker]:
    "SageMaker Savings Plans cover instances of SageMaker (hosting, training, processing, transform, notebooks) in any Region, of any type; not volumes, data, managed spot or Lambda.",
  [SavingsPlanKind.Compute]:
    "Compute Savings Plans cover Lambda's duration and provisioned concurrency, Fargate and EC2 in any Region; not SageMaker.",
};

/** What is agreed to by buying a plan. */
export const PLAN_CONDITIONS: readonly string[] = [
  "A Savings Plan cannot be cancelled: the commitment is owed in every hour of one or three years, used or not. AWS takes back ten purchases a year for an organisation, within seven days and the same calendar month (Savings Plans user guide, sp-quotas); after that there is no way out.",
  "A commitment is spent hour by hour: what one hour does not use is lost, and does not cover the next one.",
  "A plan belongs to an account and, unless sharing is off, covers its whole organisation: other stacks may use it up, or already have one. Look at Cost Explorer's utilisation and coverage before buying another.",
  "The load is what the program declares. A machine type that is given up, or a smaller minimum, takes the load away and leaves the commitment.",
];

/** What the advice on a kind comes to, in sentences. */
export function kindNotes({
  kind,
  uses,
  onDemand,
  offers,
  safeWhateverTheDiscount: safe,
}: Omit<KindAdvice, "notes">): readonly string[] {
  const name = KIND_NAMES[kind];
  const greatest = Math.max(...DISCOUNTS[kind]);
  if (uses.length === 0)
    return [COVERS[kind], `Nothing of this stack that ${name} cover runs in every hour: buy none.`];
  if (safe === undefined && offers.length === 0)
    return [
      COVERS[kind],
      "What certainly runs in every hour is, less a discount, below the least commitment that AWS sells: buy none.",
    ];
  const unsure = onDemand.isKnown
    ? []
    : ["Some of the load is not known: commitments are sized by the least of it, which runs whatever happens."];
  if (safe === undefined) {
    const sources = new Set(
      offers.flatMap(({ lines }) =>
        lines.map(({ source, sourceDate }) => source + (sourceDate ? `, ${sourceDate}` : "")),
      ),
    );
    return [COVERS[kind], ...unsure, `Rates: ${[...sources].join("; ") || "none below the price on demand"}.`];
  }
  return [
    COVERS[kind],
    ...unsure,
    `No rate of a plan is known, and none is invented: what follows holds for any plan with that discount. frugal-ml prices update fetches AWS's rates, --rates FILE takes yours.`,
    `A plan with a discount of d % pays when more than 100 - d % of the commitment is used: at 30 %, 70 %.`,
    `The largest commitment that is certainly used is the steady load at the plan's rate, $${onDemand.low} an hour less the discount; up to a discount of ${greatest} %, $${safe.toString(5)} an hour is used whatever the discount. More than $${onDemand.low} an hour is never used up.`,
  ];
}
