import { type GraphValue, isUnknown } from "../../contracts/graph";
import type { Finding, Rule, RuleResource, StackRuleContext } from "../../contracts/rule";
import { allowStatements } from "../subjects/policyDocument";
import { elementsOf, valueAt } from "../subjects/valueAt";
import { isRefusedManagedPolicy, ROLE_TYPES, roleOf, servesWorkload } from "../subjects/workloadRole";

/** Actions on data: S3's on objects and buckets, and the keys that they are encrypted with. */
const DATA_ACTION = /^(\*|s3:(\*|.*(Object|Bucket|Get|Put|Delete|List).*)|kms:(\*|.*(Decrypt|Encrypt|DataKey).*))$/i;

/** Actions that have no narrower resource (service authorization reference of S3). */
const UNBOUND_ACTION = /^s3:(ListAllMyBuckets|GetAccountPublicAccessBlock|ListAccessPoints|ListJobs)$/i;

/** Every action there is, or every action of S3 or KMS. */
const EVERY_ACTION = /^(\*|s3:\*|kms:\*)$/i;

/** Every resource there is, or every bucket, or every key. */
const EVERY_RESOURCE = /^(\*|arn:[^:]*:s3:::(\*|\*\/\*)|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/;

/** The role of a container that others wrote, in part, reaches the data of its own work. */
export const wildcardDataAccess: Rule = {
  id: "wildcard-data-access",
  pack: "guardrails",
  severity: "high",
  enforcement: "mandatory",
  // A policy is not known at preview as soon as it names one ARN of the stack, which is the rule and not the exception.
  onUnknown: "report",
  title: "Roles of training and serving reach only the data of their own work",
  why:
    "A training container runs packages and model files that others wrote. A role with s3:* or Resource * lets it read, " +
    "overwrite and delete every bucket of the account: one bad dependency, and every customer's data and models are " +
    "copied or gone.",
  fix:
    "Name actions (s3:GetObject, s3:PutObject …) and the ARNs of the buckets, prefixes and keys of this work; in place of " +
    "AmazonSageMakerFullAccess write what the job calls.",
  docs: "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
  config: {
    managedPolicies: {
      type: "array",
      items: { type: "string" },
      description: "Names of the managed policies of AWS that such a role must not have.",
      default: ["AdministratorAccess", "PowerUserAccess", "AmazonS3FullAccess", "AmazonSageMakerFullAccess"],
    },
  },
  types: [
    ...ROLE_TYPES,
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/policy:Policy",
    "aws-native:iam:RolePolicy",
  ],
  check: () => [],

  checkInStack(resource, context) {
    switch (resource.type) {
      case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
        return weigh(
          roleOf(resource, "role", context),
          context,
          managed("policyArn", valueAt(resource.inputs, "policyArn"), context),
        );
      case "aws:iam/rolePolicy:RolePolicy":
        return weigh(roleOf(resource, "role", context), context, documentFindings("policy", resource.inputs["policy"]));
      case "aws-native:iam:RolePolicy":
        return weigh(
          roleOf(resource, "roleName", context),
          context,
          documentFindings("policyDocument", resource.inputs["policyDocument"]),
        );
      case "aws:iam/policy:Policy":
        return context
          .dependentsOf(resource, ["policyArn", "managedPolicyArns"])
          .map((user) => (user.type.endsWith(":Role") ? user : roleOf(user, "role", context)))
          .filter((role) => role !== undefined)
          .slice(0, 1)
          .flatMap((role) => weigh(role, context, documentFindings("policy", resource.inputs["policy"])));
      default:
        return weigh(resource, context, ownFindings(resource, context));
    }
  },
};

function ownFindings({ inputs }: RuleResource, context: StackRuleContext): readonly Finding[] {
  const inline = ["inlinePolicies", "policies"].flatMap((list) =>
    elementsOf(inputs[list]).flatMap((policy, index) =>
      documentFindings(`${list}[${index}]`, valueAt(policy, "policy") ?? valueAt(policy, "policyDocument") ?? policy),
    ),
  );
  const attached = elementsOf(inputs["managedPolicyArns"]).flatMap((arn, index) =>
    isUnknown(arn) ? [] : managed(`managedPolicyArns[${index}]`, arn, context),
  );
  return [...inline, ...attached];
}

function managed(path: string, arn: GraphValue | undefined, { config }: StackRuleContext): readonly Finding[] {
  if (!isRefusedManagedPolicy(arn, config)) return [];
  return [{ status: "fail", path, message: "a managed policy that reaches far more data than this work's" }];
}

/** Why a policy reaches too far: one finding, that of the first statement that does. */
function documentFindings(path: string, document: GraphValue | undefined): readonly Finding[] {
  const statements = allowStatements(document);
  if (!statements) {
    return [{ status: "unknown", path, message: "not known yet; it must name actions, buckets and keys" }];
  }
  for (const { actions, resources } of statements) {
    if (actions.some((action) => EVERY_ACTION.test(action)) && resources.length > 0) {
      return [{ status: "fail", path, message: "allows every action on data; it must name actions" }];
    }
    const onData = actions.filter((action) => DATA_ACTION.test(action) && !UNBOUND_ACTION.test(action));
    if (onData.length > 0 && resources.some((resource) => EVERY_RESOURCE.test(resource))) {
      return [{ status: "fail", path, message: "reaches every bucket or key; it must name them" }];
    }
  }
  if (!statements.some(({ partlyUnknown }) => partlyUnknown)) return [];
  return [{ status: "unknown", path, message: "not all known yet; it must name actions, buckets and keys" }];
}

/** A finding counts as far as the role is known to be one of training or serving. */
function weigh(
  role: RuleResource | undefined,
  context: StackRuleContext,
  findings: readonly Finding[],
): readonly Finding[] {
  if (findings.length === 0) return [];
  const serves = role ? servesWorkload(role, context) : "unknown";
  if (serves === "yes") return findings;
  if (serves === "no") return [];
  // Of a role that nothing is known of, only what is surely too much is worth a word.
  return findings
    .filter(({ status }) => status === "fail")
    .map(({ path, message }) => ({
      status: "unknown",
      path,
      message: `who takes the role is not known yet; ${message}`,
    }));
}
