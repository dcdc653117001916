import { type GraphObject, reveal } from "../../contracts/graph";
import type { RuleResource, StackRuleContext } from "../../contracts/rule";

/** Where a distribution names the functions that run at its edges: of aws, of aws-native. */
const BEHAVIORS = ["defaultCacheBehavior", "orderedCacheBehaviors", "distributionConfig"];

/** Whether a function may run at CloudFront's edges, which take a published version only. */
export function mayRunAtEdge(inputs: GraphObject): boolean {
  return reveal(inputs["publish"]) === true;
}

/**
 * Whether a distribution of the stack runs a function at its edges, where AWS has no Graviton
 * (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html).
 */
export function runsAtEdge(resource: RuleResource, { dependentsOf }: StackRuleContext): boolean {
  return (
    mayRunAtEdge(resource.inputs) &&
    dependentsOf(resource, BEHAVIORS).some(({ type }) => /:cloudfront[:/].*Distribution$/.test(type))
  );
}
