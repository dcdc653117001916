import { InvalidInputError, type Problem, printGiven } from "./problems";

/** What a resource works for. Policy packs judge by it; cost reports group by it. */
export const Workload = { Preprocessing: "preprocessing", Training: "training", Inference: "inference" } as const;
export type Workload = (typeof Workload)[keyof typeof Workload];

/** Keys of the tags that frugal-ml sets. Activate them as cost allocation tags to see them in Cost Explorer. */
export const TagKey = {
  /** Name of the component instance. */
  Component: "frugal-ml:component",
  /** One of {@link Workload}. */
  Workload: "frugal-ml:workload",
  /** Environment, for example `dev`. */
  Environment: "frugal-ml:environment",
  /** Who pays. */
  CostCenter: "frugal-ml:cost-center",
  /** Kind of Savings Plan that is meant to cover it. */
  SavingsPlan: "frugal-ml:savings-plan",
  /** Term of that plan. */
  SavingsPlanTerm: "frugal-ml:savings-plan-term",
  /** Payment option of that plan. */
  SavingsPlanPayment: "frugal-ml:savings-plan-payment",
  /** Share of the steady usage that the plan is to cover, from 0 to 1. */
  SavingsPlanShare: "frugal-ml:savings-plan-share",
} as const;
export type TagKey = (typeof TagKey)[keyof typeof TagKey];

/** Plan kinds. SageMaker plans cover SageMaker usage only; Compute plans cover Lambda and Fargate, not SageMaker. */
export const SavingsPlanKind = { SageMaker: "sagemaker", Compute: "compute" } as const;
export type SavingsPlanKind = (typeof SavingsPlanKind)[keyof typeof SavingsPlanKind];

/** Plan terms that AWS sells. */
export const SavingsPlanTerm = { OneYear: "1yr", ThreeYears: "3yr" } as const;
export type SavingsPlanTerm = (typeof SavingsPlanTerm)[keyof typeof SavingsPlanTerm];

/** Payment options that AWS sells. */
export const SavingsPlanPayment = {
  NoUpfront: "no-upfront",
  PartialUpfront: "partial-upfront",
  AllUpfront: "all-upfront",
} as const;
export type SavingsPlanPayment = (typeof SavingsPlanPayment)[keyof typeof SavingsPlanPayment];

/** A Savings Plan that a workload is meant to be covered by. It tags; it never buys. */
export interface SavingsPlanIntent {
  readonly kind: SavingsPlanKind;
  readonly term: SavingsPlanTerm;
  readonly payment: SavingsPlanPayment;
  /** Share of the steady usage to commit to, above 0 and at most 1. */
  readonly share: number;
}

/** Who and what a component's resources are tagged for. */
export interface TagSubject {
  readonly component: string;
  readonly workload: Workload;
  readonly environment?: string;
  readonly costCenter?: string;
  readonly savingsPlan?: SavingsPlanIntent;
}

/** Tag limits of AWS: 128 characters a key, 256 a value, 50 tags a resource; the `aws:` prefix is reserved. */
export const TAG_LIMITS = { keyLength: 128, valueLength: 256, count: 50 } as const;

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Every problem of user tags: reserved keys, our own keys, AWS's characters, lengths and count. */
export function tagProblems(tags: Readonly<Record<string, unknown>>, property = "tags"): Problem[] {
  const problems: Problem[] = [];
  const own = Object.values<string>(TagKey);
  const room = TAG_LIMITS.count - own.length;
  if (Object.keys(tags).length > room) {
    problems.push({ property, given: `${Object.keys(tags).length} tags`, allowed: `at most ${room} tags` });
  }
  for (const [key, value] of Object.entries(tags)) {
    const where = `${property}.${key}`;
    if (/^aws:/i.test(key) || own.includes(key)) {
      problems.push({
        property: where,
        given: printGiven(key),
        allowed: "a key that is neither reserved (aws:) nor one that frugal-ml sets",
      });
    } else if (key.length === 0 || key.length > TAG_LIMITS.keyLength || !CHARACTERS.test(key)) {
      problems.push({
        property: where,
        given: printGiven(key),
        allowed: `1 to ${TAG_LIMITS.keyLength} letters, digits, spaces and _ . : / = + - @`,
      });
    }
    if (typeof value !== "string" || value.length > TAG_LIMITS.valueLength || !CHARACTERS.test(value)) {
      problems.push({
        property: where,
        given: printGiven(value),
        allowed: `at most ${TAG_LIMITS.valueLength} letters, digits, spaces and _ . : / = + - @`,
      });
    }
  }
  return problems;
}

/** Every problem of a Savings Plan intent. */
export function savingsPlanProblems(intent: SavingsPlanIntent, property = "savingsPlan"): Problem[] {
  const problems: Problem[] = [];
  const oneOf = (name: string, value: unknown, allowed: readonly string[]): void => {
    if (!allowed.includes(value as string)) {
      problems.push({
        property: `${property}.${name}`,
        given: printGiven(value),
        allowed: `one of ${allowed.join(", ")}`,
      });
    }
  };
  oneOf("kind", intent.kind, Object.values(SavingsPlanKind));
  oneOf("term", intent.term, Object.values(SavingsPlanTerm));
  oneOf("payment", intent.payment, Object.values(SavingsPlanPayment));
  if (typeof intent.share !== "number" || !(intent.share > 0 && intent.share <= 1)) {
    problems.push({
      property: `${property}.share`,
      given: printGiven(intent.share),
      allowed: "a number above 0 and at most 1",
    });
  }
  return problems;
}

/**
 * The one place where tags are made: the user's tags and ours.
 * @throws InvalidInputError with every problem at once
 */
export function resourceTags(
  subject: TagSubject,
  userTags: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const plan = subject.savingsPlan;
  const problems = [...tagProblems(userTags), ...(plan ? savingsPlanProblems(plan) : [])];
  if (problems.length > 0) throw new InvalidInputError("tags", problems);
  return {
    ...userTags,
    [TagKey.Component]: subject.component,
    [TagKey.Workload]: subject.workload,
    ...(subject.environment !== undefined && { [TagKey.Environment]: subject.environment }),
    ...(subject.costCenter !== undefined && { [TagKey.CostCenter]: subject.costCenter }),
    ...(plan && {
      [TagKey.SavingsPlan]: plan.kind,
      [TagKey.SavingsPlanTerm]: plan.term,
      [TagKey.SavingsPlanPayment]: plan.payment,
      [TagKey.SavingsPlanShare]: String(plan.share),
    }),
  };
}
