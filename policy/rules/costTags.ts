import { isUnknown } from "../../contracts/graph";
import type { Finding, Rule } from "../../contracts/rule";
import { TagKey } from "../../contracts/tags";
import { defaultTag } from "../subjects/defaultTags";
import { BILLED_TAGGABLE } from "../subjects/machineLearning";
import { tagValue } from "../subjects/tagValue";
import { listParameter } from "../typedParameter";

/** What is billed says who pays for it. */
export const costTags: Rule = {
  id: "cost-tags",
  pack: "guardrails",
  severity: "medium",
  // The keys are a company's own; ours are a proposal until they are configured.
  enforcement: "advisory",
  onUnknown: "report",
  title: "What is billed carries cost tags",
  why:
    "Cost Explorer groups by tags alone, and only from the day on which they are activated: what is not tagged is nobody's " +
    "bill, and cannot be told apart later (AWS Billing user guide, cost-alloc-tags.html).",
  fix: "Set the tags on the resource, or once for all as defaultTags of the provider, and activate the keys as cost allocation tags.",
  docs: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html",
  config: {
    keys: {
      type: "array",
      items: { type: "string" },
      description: "Keys of the tags that must be there, with a value.",
      default: [TagKey.Environment, TagKey.CostCenter],
    },
  },
  types: BILLED_TAGGABLE,
  check: () => [],

  checkInStack(resource, { config, providerOf }): readonly Finding[] {
    const provider = providerOf(resource);
    const given = listParameter(config, "keys").map((key) => ({
      key,
      value: tagValue(resource.inputs, key) ?? defaultTag(provider, key),
    }));
    const missing = given.filter(({ value }) => value === undefined || value === "").map(({ key }) => key);
    const hidden = given.filter(({ value }) => isUnknown(value)).map(({ key }) => key);
    return [
      ...(missing.length > 0 ? [finding("fail", `no value for ${missing.join(", ")}`)] : []),
      ...(hidden.length > 0 ? [finding("unknown", `not known yet; it must have ${hidden.join(", ")}`)] : []),
    ];
  },
};

function finding(status: Finding["status"], message: string): Finding {
  return { status, path: "tags", message };
}
