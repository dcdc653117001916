import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../contracts/problems";
import { SavingsPlanPayment } from "../contracts/tags";
import { CheckedInputs } from "./checkedInputs";
import { type CheckedPurchase, PLAN_TYPES, TERM_SECONDS } from "./savingsPlanPurchase";

const PAYMENTS: Readonly<Record<SavingsPlanPayment, string>> = {
  [SavingsPlanPayment.NoUpfront]: "No Upfront",
  [SavingsPlanPayment.PartialUpfront]: "Partial Upfront",
  [SavingsPlanPayment.AllUpfront]: "All Upfront",
};

/** What of an offering decides what is bought. */
export interface OfferedPlan {
  /** For example `SageMaker`. */
  readonly planType: string;
  readonly durationSeconds: number;
  /** For example `No Upfront`. */
  readonly paymentOption: string;
}

/** Why offerings that AWS has by an id are not what was opted into: an id alone decides kind, term and payment. */
export function offeringProblems(
  { kind, term, payment }: CheckedPurchase,
  offerings: readonly OfferedPlan[],
): readonly Problem[] {
  const spelt = ({ planType, durationSeconds, paymentOption }: OfferedPlan): string =>
    `${planType}, ${durationSeconds} seconds, ${paymentOption}`;
  const wanted = spelt({
    planType: PLAN_TYPES[kind],
    durationSeconds: TERM_SECONDS[term],
    paymentOption: PAYMENTS[payment],
  });
  const others = offerings.map(spelt).filter((one) => one !== wanted);
  if (offerings.length > 0 && others.length === 0) return [];
  const given = others[0] ?? "an id that AWS does not know";
  return [{ property: "purchase.offeringId", given, allowed: `an offering of ${wanted}` }];
}

/**
 * The id of the offering once AWS says that it is what was opted into. A plan that was bought is not looked up again, since
 * offerings come and go.
 * @throws pulumi.InputPropertiesError where AWS says that it is another one, or knows none
 */
export function verifiedOffering(
  name: string,
  purchase: CheckedPurchase,
  parent: pulumi.Resource,
): pulumi.Input<string> {
  const { offeringId, purchasedId } = purchase;
  if (purchasedId !== undefined) return offeringId;
  return aws.savingsplans.getOfferingsOutput({ offeringIds: [offeringId] }, { parent }).apply(({ offerings }) => {
    const checks = new CheckedInputs(`SavingsPlanCoverage ${name}`);
    checks.add(offeringProblems(purchase, offerings));
    checks.assert();
    return offeringId;
  });
}
