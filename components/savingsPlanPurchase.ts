import { SavingsPlanKind, SavingsPlanPayment, SavingsPlanTerm } from "../contracts/tags";
import { type CheckedInputs, integerWithin, oneOf } from "./checkedInputs";

/** A Savings Plan that is bought, on a date in the future. */
export interface SavingsPlanPurchaseArgs {
  /** Id of the offering, as `aws savingsplans describe-savings-plans-offerings` lists it. It must be of this kind, term and payment. */
  offeringId: string;
  /** US dollars an hour, as text: from 0.001 to 1000000, with five decimals at most. */
  commitment: string;
  /** Term: `1yr` or `3yr`. */
  term: string;
  /** How it is paid: `no-upfront`, `partial-upfront` or `all-upfront`. */
  payment: string;
  /**
   * Whole US dollars of a `partial-upfront` plan that are paid when it begins, from half of what is owed to 99 percent.
   * Defaults to half.
   */
  upfrontUsd?: number;
  /** When it is bought, in UTC and in the future: `YYYY-MM-DDTHH:MM:SSZ`. Until then it is queued and can be taken out again. */
  purchaseTime: string;
  /** What is bought, word for word as the message says that refuses anything else. Without it nothing is bought. */
  optIn: string;
  /** Id of the plan once it is bought. The resource is adopted then and never bought again, and its date may be past. Defaults to none. */
  purchasedId?: string;
}

/** A purchase, checked. */
export interface CheckedPurchase {
  readonly kind: SavingsPlanKind;
  readonly term: SavingsPlanTerm;
  readonly payment: SavingsPlanPayment;
  readonly offeringId: string;
  readonly commitment: string;
  /** Whole US dollars, of a plan that is partly paid upfront. */
  readonly upfrontUsd: string | undefined;
  readonly purchaseTime: string;
  readonly purchasedId: string | undefined;
  /** What is bought, in words. */
  readonly words: string;
}

/** Seconds of each term (docs.aws.amazon.com/savingsplans/latest/APIReference/API_SavingsPlanOffering.html). */
export const TERM_SECONDS: Readonly<Record<SavingsPlanTerm, number>> = {
  [SavingsPlanTerm.OneYear]: 31_536_000,
  [SavingsPlanTerm.ThreeYears]: 94_608_000,
};

const TERM_WORDS: Readonly<Record<SavingsPlanTerm, string>> = {
  [SavingsPlanTerm.OneYear]: "1 year",
  [SavingsPlanTerm.ThreeYears]: "3 years",
};

/** Names of the kinds as AWS's API and its documents spell them. */
export const PLAN_TYPES: Readonly<Record<SavingsPlanKind, string>> = {
  [SavingsPlanKind.SageMaker]: "SageMaker",
  [SavingsPlanKind.Compute]: "Compute",
};

/** Commitments of CreateSavingsPlan (docs.aws.amazon.com/savingsplans/latest/APIReference/API_CreateSavingsPlan.html). */
const COMMITMENT = /^(0|[1-9]\d{0,6})(\.\d{1,5})?$/;
const COMMITMENT_BOUNDS = [100n, 100_000_000_000n] as const;

/**
 * Checks a purchase; problems go to `checks`. The words that opt in are checked once everything else is right, since they
 * say it.
 * @param now milliseconds since 1970
 * @returns undefined when something is wrong
 */
export function checkPurchase(
  kind: SavingsPlanKind,
  given: SavingsPlanPurchaseArgs,
  checks: CheckedInputs,
  now: number,
): CheckedPurchase | undefined {
  const { offeringId, commitment, purchaseTime, purchasedId, upfrontUsd, optIn } = given;
  const time = timeOf(purchaseTime);
  const term = Object.values(SavingsPlanTerm).find((known) => known === given.term);
  const payment = Object.values(SavingsPlanPayment).find((known) => known === given.payment);
  const hundredThousandths = COMMITMENT.test(commitment) ? parts(commitment) : 0n;
  const [least, most] = COMMITMENT_BOUNDS;
  const right = [
    check("offeringId", offeringId, "the id of an offering: 8-4-4-4-12 hexadecimal digits", (value) =>
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
    ),
    check(
      "commitment",
      commitment,
      "US dollars an hour from 0.001 to 1000000, with five decimals at most",
      () => hundredThousandths >= least && hundredThousandths <= most,
    ),
    check("term", given.term, oneOf<string>(Object.values(SavingsPlanTerm)).allowed, () => term !== undefined),
    check(
      "payment",
      given.payment,
      oneOf<string>(Object.values(SavingsPlanPayment)).allowed,
      () => payment !== undefined,
    ),
    check(
      "purchaseTime",
      purchaseTime,
      purchasedId === undefined ? "a time in the future, YYYY-MM-DDTHH:MM:SSZ" : "a time, YYYY-MM-DDTHH:MM:SSZ",
      () => (purchasedId === undefined ? time > now : !Number.isNaN(time)),
    ),
    purchasedId === undefined ||
      check("purchasedId", purchasedId, "the id of a Savings Plan", (value) => /^\S+$/.test(value)),
  ];
  if (term === undefined || payment === undefined || right.includes(false)) return undefined;
  const owed = hundredThousandths * BigInt(TERM_SECONDS[term] / 3600);
  const upfront = checkUpfront(payment, upfrontUsd, owed, checks);
  if (upfront === undefined) return undefined;
  const words = [
    `${PLAN_TYPES[kind]} Savings Plan, ${TERM_WORDS[term]}, ${payment.replace("-", " ")}, $${commitment} an hour`,
    `$${dollars(owed)} in all${PAID[payment](upfront)}, owed whether it is used or not`,
    `offering ${offeringId}, bought at ${purchaseTime}; it cannot be cancelled`,
  ].join("; ");
  if (!check("optIn", optIn, `exactly "${words}"`, (value) => value === words)) return undefined;
  const partial = payment === SavingsPlanPayment.PartialUpfront;
  return {
    ...{ kind, term, payment, offeringId, commitment, purchaseTime, purchasedId, words },
    upfrontUsd: partial ? String(upfront) : undefined,
  };

  function check(property: string, value: string, allowed: string, test: (value: string) => boolean): boolean {
    checks.plain(`purchase.${property}`, value, { allowed, test });
    return test(value);
  }
}

const PAID: Readonly<Record<SavingsPlanPayment, (upfrontUsd: bigint) => string>> = {
  [SavingsPlanPayment.NoUpfront]: () => "",
  [SavingsPlanPayment.PartialUpfront]: (upfrontUsd) => `, $${grouped(String(upfrontUsd))}.00 of it at once`,
  [SavingsPlanPayment.AllUpfront]: () => ", all of it at once",
};

/** Whole dollars that are paid upfront; undefined when they are wrong. */
function checkUpfront(
  payment: SavingsPlanPayment,
  given: number | undefined,
  owed: bigint,
  checks: CheckedInputs,
): bigint | undefined {
  const property = "purchase.upfrontUsd";
  if (payment !== SavingsPlanPayment.PartialUpfront) {
    if (given === undefined) return 0n;
    checks.add([{ property, given: String(given), allowed: "only with payment partial-upfront" }]);
    return undefined;
  }
  const [half, most] = [(owed + 199_999n) / 200_000n, (owed * 99n) / 10_000_000n];
  const rule = integerWithin(Number(half), Number(most), "US dollars");
  const upfront = checks.plain(property, given ?? Number(half), rule);
  return rule.test(upfront) ? BigInt(upfront) : undefined;
}

/** Milliseconds since 1970 of a time in the only form that AWS takes; NaN for any other, and for a day that no month has. */
function timeOf(text: string): number {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().replace(".000Z", "Z") === text ? time : Number.NaN;
}

/** A commitment in hundred-thousandths of a dollar. */
function parts(commitment: string): bigint {
  const [whole = "0", fraction = ""] = commitment.split(".");
  return BigInt(whole + fraction.padEnd(5, "0"));
}

/** Hundred-thousandths of a dollar as dollars and cents, rounded up: what is owed is never said to be less. */
function dollars(amount: bigint): string {
  const cents = String((amount + 999n) / 1000n).padStart(3, "0");
  return `${grouped(cents.slice(0, -2))}.${cents.slice(-2)}`;
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
