import { isUnknown, reveal } from "../../contracts/graph";
import type { Rule, RuleConfig, RuleParameters, RuleResource } from "../../contracts/rule";
import type { Certainty } from "./certainty";
import { mayRunAtEdge, runsAtEdge } from "./edgeFunction";
import { imageFinding, isImageBuild } from "./imageBuild";
import { GRAVITON_ONLY, gravitonFinding, LAMBDA_FUNCTION_TYPES, packageFinding } from "./lambdaFunction";
import { weighed } from "./weighed";

/** Parameter with which a platform team allows that an architecture is set for them. */
export const REMEDIATE_PARAMETER: RuleParameters = {
  remediate: {
    type: "boolean",
    description:
      "With enforcement level remediate: sets the architecture of a zip function. Native modules built for x64 then fail to load.",
    default: false,
  },
};

/**
 * What every rule does that wants some Lambda functions on Graviton: it judges the architecture of a function by itself,
 * and in the stack the platform for which a container image is built. A function that may run at CloudFront's edges is
 * judged in the stack, which tells whether it does; remediation leaves it alone.
 * @param does whether a function is among them
 * @param subject the same as words, for example `whether this function preprocesses`
 */
export function gravitonFunction(
  does: (resource: RuleResource, config: RuleConfig) => Certainty,
  subject: string,
): Pick<Rule, "types" | "check" | "checkInStack" | "remediate"> {
  return {
    types: LAMBDA_FUNCTION_TYPES,

    check(resource, { config }) {
      if (mayRunAtEdge(resource.inputs)) return [];
      const finding = gravitonFinding(resource.inputs) ?? packageFinding(resource.inputs);
      return finding ? weighed(does(resource, config), subject, [finding]) : [];
    },

    checkInStack(resource, context) {
      const { config, dependenciesOf } = context;
      if (runsAtEdge(resource, context)) return [];
      const own = gravitonFinding(resource.inputs) ?? packageFinding(resource.inputs);
      if (own && mayRunAtEdge(resource.inputs)) return weighed(does(resource, config), subject, [own]);
      if (gravitonFinding(resource.inputs) || reveal(resource.inputs["packageType"]) !== "Image") return [];
      const finding = imageFinding(dependenciesOf(resource, ["imageUri", "code"]).filter(isImageBuild));
      return finding ? weighed(does(resource, config), subject, [finding]) : [];
    },

    remediate({ inputs, ...resource }, { config }) {
      const opted = config["remediate"] === true && does({ inputs, ...resource }, config) === "yes";
      const packageType = reveal(inputs["packageType"]);
      const mends = opted && !mayRunAtEdge(inputs) && packageType !== "Image" && !isUnknown(packageType);
      return mends && gravitonFinding(inputs)?.status === "fail"
        ? { ...inputs, architectures: GRAVITON_ONLY }
        : undefined;
    },
  };
}
