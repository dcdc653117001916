import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { SavingsPlanPayment } from "../contracts/tags";
import { CheckedInputs } from "./checkedInputs";
import { type CheckedPurchase, PLAN_TYPES, TERM_SECONDS } from "./savingsPlanPurchase";

const PAYMENTS: Readonly<Record<SavingsPlanPayment, string>> = {
  [SavingsPlanPayment.NoUpfront]: "No Upfront",
  [SavingsPlanPayment.PartialUpfront]: "Partial Upfront",
  [SavingsPlanPayment.AllUpfront]: "All Upfront",
};

/**
 * The id of the offering once AWS says that it is what the words say: an id alone decides kind, term and payment. A plan that
 * was bought is not looked up again, since offerings come and go.
 * @throws pulumi.InputPropertiesError where AWS says that it is another one, or knows none
 */
export function verifiedOffering(
  name: string,
  { kind, term, payment, offeringId, purchasedId }: CheckedPurchase,
  parent: pulumi.Resource,
): pulumi.Input<string> {
  if (purchasedId !== undefined) return offeringId;
  const wanted = `${PLAN_TYPES[kind]}, ${TERM_SECONDS[term]} seconds, ${PAYMENTS[payment]}`;
  return aws.savingsplans.getOfferingsOutput({ offeringIds: [offeringId] }, { parent }).apply(({ offerings }) => {
    const found = offerings.map(
      ({ planType, durationSeconds, paymentOption }) => `${planType}, ${durationSeconds} seconds, ${paymentOption}`,
    );
    const checks = new CheckedInputs(`SavingsPlanCoverage ${name}`);
    if (found.length === 0 || found.some((one) => one !== wanted)) {
      const given = found.find((one) => one !== wanted) ?? "an offering that AWS does not know";
      checks.add([{ property: "purchase.offeringId", given, allowed: `an offering of ${wanted}` }]);
    }
    checks.assert();
    return offeringId;
  });
}
