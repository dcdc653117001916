import * as pulumi from "@pulumi/pulumi";
import type { SavingsPlanCoverageArgs } from "../../components/savingsPlanCoverageArgs";

/** Offering that the purchases name. */
export const OFFERING = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

/** A purchase in words: 0.1392 × 8,760 is 1,219.392, of which half is 609.696, in whole dollars 610. */
const WORDS =
  "SageMaker Savings Plan, 1 year, partial upfront, $0.1392 an hour; $1,219.40 in all, $610.00 of it at once, owed " +
  `whether it is used or not; offering ${OFFERING}, bought at 2099-01-15T00:00:00Z; it cannot be cancelled`;

/** A purchase that is opted into. */
export const PURCHASE = {
  offeringId: OFFERING,
  commitment: "0.1392",
  term: "1yr",
  payment: "partial-upfront",
  purchaseTime: "2099-01-15T00:00:00Z",
  optIn: WORDS,
};

/** What AWS says of the offering, as the provider's function answers. */
export const OFFERED = {
  offerings: [
    { offeringId: OFFERING, planType: "SageMaker", durationSeconds: 31_536_000, paymentOption: "Partial Upfront" },
  ],
};

/** Topic that budgets notify. */
export const COSTS_TOPIC = "arn:aws:sns:us-east-1:123456789012:costs";

/** Arguments of each SavingsPlanCoverage by name, which is also the name of its component. */
export const SAVINGS_VARIANTS = {
  idle: {},
  spending: { monthlyUsd: pulumi.output(250.5) },
  covered: {
    coveragePercent: 80,
    utilizationPercent: pulumi.output(95),
    monthlyUsd: 500,
    forecastPercent: 110,
    actualPercent: 50,
    monthlyTags: { "frugal-ml:environment": "prod", team: "energy" },
    emails: ["costs@example.com", pulumi.output("finance@example.com")],
    topicArn: pulumi.output(COSTS_TOPIC),
    accountIds: ["123456789012"],
    costAllocation: { environment: "prod", costCenter: "ml" },
    tags: { team: "energy" },
  },
  tagged: {
    kind: "compute",
    coveragePercent: 60,
    topicArn: COSTS_TOPIC,
    activateCostTags: true,
    furtherCostTags: ["Team"],
  },
  buying: { purchase: PURCHASE },
} satisfies Record<string, SavingsPlanCoverageArgs>;
