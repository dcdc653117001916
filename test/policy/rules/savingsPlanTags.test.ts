import { type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { savingsPlanTags } from "../../../policy/rules/savingsPlanTags";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const plan = {
  "frugal-ml:savings-plan": "sagemaker",
  "frugal-ml:savings-plan-term": "1yr",
  "frugal-ml:savings-plan-payment": "no-upfront",
  "frugal-ml:savings-plan-share": "0.7",
};
const tagged = (tags: GraphValue) => declared("aws:sagemaker/pipeline:Pipeline", "p", { tags });
const share = "tags.frugal-ml:savings-plan-share";

testRule(savingsPlanTags, [
  ["all four pass", tagged(plan), []],
  ["none pass", tagged({ owner: "shop" }), []],
  ["unknown tags say nothing of a plan", tagged(UNKNOWN), []],
  ["three fail", tagged({ ...plan, "frugal-ml:savings-plan-share": null }), [`fail ${share}`]],
  ["a share of 70 fails", tagged({ ...plan, "frugal-ml:savings-plan-share": "70" }), [`fail ${share}`]],
  ["another kind fails", tagged({ ...plan, "frugal-ml:savings-plan": "ec2" }), ["fail tags.frugal-ml:savings-plan"]],
  [
    "an unknown share cannot be told",
    tagged({ ...plan, "frugal-ml:savings-plan-share": UNKNOWN }),
    [`unknown ${share}`],
  ],
]);
