import { type GraphValue, isGraphObject, isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource, StackRuleContext } from "../../contracts/rule";
import { ENDPOINT_CONFIGURATION_TYPES, MODEL_TYPES, variantsOf } from "../subjects/endpoint";
import { JOB_TYPES, judgeJobs } from "../subjects/job";
import { valueAt } from "../subjects/valueAt";

const PATH = "enableNetworkIsolation";

/** Containers of training and serving make no network calls of their own. */
export const networkIsolation: Rule = {
  id: "network-isolation",
  pack: "guardrails",
  severity: "medium",
  // An isolated container cannot reach S3 or a licence server by itself, and some must: a team that needs none makes it mandatory.
  enforcement: "advisory",
  onUnknown: "report",
  title: "Training and serving containers have no network",
  why:
    "A container that reads all customers' data and can call out can send it anywhere: a package or a model file from " +
    "elsewhere is enough. With network isolation SageMaker itself moves data in and out (Amazon SageMaker developer " +
    "guide, mkt-algo-model-internet-free.html). It costs nothing.",
  fix:
    "Set enableNetworkIsolation on models, training jobs and training steps. Keep it off only where the container itself " +
    "must reach a service, and then give it a VPC.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html",
  config: {
    vpcIsEnough: {
      type: "boolean",
      description: "Whether a container in a VPC of its own counts as isolated: its security groups then decide.",
      default: true,
    },
  },
  types: [...JOB_TYPES, ...MODEL_TYPES],

  check(resource, { config }) {
    return judgeJobs(resource, ["training"], (job) =>
      judge(job.at(PATH), job.read(PATH), config["vpcIsEnough"] === true ? job.read("vpcConfig") : undefined),
    );
  },

  checkInStack(resource, context) {
    const { type, inputs } = resource;
    if (!MODEL_TYPES.some((token) => token === type) || servesWithoutInstances(resource, context)) return [];
    const vpc = context.config["vpcIsEnough"] === true ? valueAt(inputs, "vpcConfig") : undefined;
    return judge(PATH, valueAt(inputs, PATH), vpc);
  },
};

/** Whether a model is for serverless variants alone, whose containers SageMaker refuses to isolate (serverless-endpoints.html). */
function servesWithoutInstances(model: RuleResource, { dependentsOf }: StackRuleContext): boolean {
  const isConfiguration = ({ type }: RuleResource) => ENDPOINT_CONFIGURATION_TYPES.some((token) => token === type);
  const variants = dependentsOf(model).filter(isConfiguration).flatMap(variantsOf);
  return variants.length > 0 && variants.every(({ value }) => isGraphObject(valueAt(value, "serverlessConfig")));
}

function judge(path: string, isolated: GraphValue | undefined, vpc: GraphValue | undefined): readonly Finding[] {
  if (isolated === true || (vpc !== undefined && !isUnknown(vpc))) return [];
  if (isUnknown(isolated) || isUnknown(vpc))
    return [{ status: "unknown", path, message: "not known yet; it must be true" }];
  return [{ status: "fail", path, message: "not true, so the container can reach the internet" }];
}
