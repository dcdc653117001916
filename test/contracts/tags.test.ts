import { deepEqual, equal, throws } from "node:assert/strict";
import { InvalidInputError } from "../../contracts/problems";
import {
  resourceTags,
  type SavingsPlanIntent,
  savingsPlanProblems,
  TAG_LIMITS,
  TagKey,
  tagProblems,
} from "../../contracts/tags";

const PLAN: SavingsPlanIntent = { kind: "sagemaker", term: "1yr", payment: "no-upfront", share: 0.7 };

describe("tags", () => {
  it("sets ours beside the user's", () => {
    deepEqual(resourceTags({ component: "images", workload: "preprocessing" }), {
      "frugal-ml:component": "images",
      "frugal-ml:workload": "preprocessing",
    });
    deepEqual(
      resourceTags(
        { component: "churn", workload: "inference", environment: "prod", costCenter: "4711", savingsPlan: PLAN },
        { team: "growth" },
      ),
      {
        team: "growth",
        "frugal-ml:component": "churn",
        "frugal-ml:workload": "inference",
        "frugal-ml:environment": "prod",
        "frugal-ml:cost-center": "4711",
        "frugal-ml:savings-plan": "sagemaker",
        "frugal-ml:savings-plan-term": "1yr",
        "frugal-ml:savings-plan-payment": "no-upfront",
        "frugal-ml:savings-plan-share": "0.7",
      },
    );
  });

  it("accepts what AWS accepts", () => {
    deepEqual(tagProblems({ "cost:team/a=b+c-d@e_f.g": "", Größe: "L ", k: "v".repeat(TAG_LIMITS.valueLength) }), []);
    deepEqual(tagProblems({ ["k".repeat(TAG_LIMITS.keyLength)]: "v" }), []);
  });

  it("names every wrong tag at once", () => {
    const long = "k".repeat(TAG_LIMITS.keyLength + 1);
    const problems = tagProblems({
      "AWS:x": "v",
      [TagKey.Workload]: "training",
      "": "v",
      [long]: "v",
      "a#b": "v",
      value: "v".repeat(TAG_LIMITS.valueLength + 1),
      kind: 3,
      star: "*",
    });
    deepEqual(
      problems.map(({ property }) => property),
      [
        "tags.AWS:x",
        "tags.frugal-ml:workload",
        "tags.",
        `tags.${long}`,
        "tags.a#b",
        "tags.value",
        "tags.kind",
        "tags.star",
      ],
    );
    deepEqual(problems[0], {
      property: "tags.AWS:x",
      given: '"AWS:x"',
      allowed: "a key that is neither reserved (aws:) nor one that frugal-ml sets",
    });
    equal(problems[6]?.given, "3");
    throws(() => resourceTags({ component: "a", workload: "training" }, { "aws:x": "y" }), InvalidInputError);
  });

  it("leaves room for our own tags", () => {
    const room = TAG_LIMITS.count - Object.keys(TagKey).length;
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));
    deepEqual(tagProblems(tags(room)), []);
    deepEqual(tagProblems(tags(room + 1)), [
      { property: "tags", given: `${room + 1} tags`, allowed: `at most ${room} tags` },
    ]);
  });

  it("checks what a Savings Plan is meant to be", () => {
    deepEqual(savingsPlanProblems(PLAN), []);
    deepEqual(savingsPlanProblems({ ...PLAN, share: 1 }), []);
    const wrong: Record<string, unknown> = { kind: "ec2", term: "2yr", payment: "later", share: 0 };
    deepEqual(
      savingsPlanProblems({ ...PLAN, ...wrong }).map(({ property, given }) => [property, given]),
      [
        ["savingsPlan.kind", '"ec2"'],
        ["savingsPlan.term", '"2yr"'],
        ["savingsPlan.payment", '"later"'],
        ["savingsPlan.share", "0"],
      ],
    );
    for (const share of [-1, 1.01, Number.NaN]) equal(savingsPlanProblems({ ...PLAN, share }).length, 1, `${share}`);
    throws(
      () => resourceTags({ component: "a", workload: "training", savingsPlan: { ...PLAN, share: 2 } }, { "a#": "b" }),
      (error) => error instanceof InvalidInputError && error.problems.length === 2,
    );
  });
});
