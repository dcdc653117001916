import { equal } from "node:assert/strict";
import { type GraphValue, Secret, UNKNOWN } from "../../../contracts/graph";
import { wildcardDataAccess } from "../../../policy/rules/wildcardDataAccess";
import { declared } from "../declared";
import { preprocessor } from "../functions";
import { testRule, verdictsOf } from "../ruleCases";

const trust = (service: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] });
const document = (Action: string | readonly string[], Resource: string | readonly string[], more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource, ...more }] });
const role = (service = "sagemaker.amazonaws.com", change = {}) =>
  declared("aws:iam/role:Role", "role", { name: "training", assumeRolePolicy: trust(service), ...change });
const on = { propertyDependencies: { role: [role().urn] } };
const inline = (policy: GraphValue) =>
  declared("aws:iam/rolePolicy:RolePolicy", "policy", { role: UNKNOWN, policy }, on);
const attached = (arn: string) =>
  declared("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", { role: UNKNOWN, policyArn: arn }, on);
const narrow = document(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::shop-data/*");
const managed = declared("aws:iam/policy:Policy", "managed", { policy: document("s3:*", "arn:aws:s3:::shop-data/*") });
const use = declared(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "use",
  { role: "training", policyArn: UNKNOWN },
  {
    propertyDependencies: { policyArn: [managed.urn] },
  },
);

testRule(wildcardDataAccess, [
  ["named actions on a named bucket pass", [role(), inline(narrow)], []],
  ["s3:* fails", [role(), inline(document("s3:*", "arn:aws:s3:::shop-data/*"))], ["fail policy"]],
  ["* fails", [role(), inline(document("*", "*"))], ["fail policy"]],
  ["reading every bucket fails", [role(), inline(document("s3:GetObject", "*"))], ["fail policy"]],
  ["every bucket by ARN fails", [role(), inline(document("s3:PutObject", ["arn:aws:s3:::*/*"]))], ["fail policy"]],
  ["every key fails", [role(), inline(document("kms:Decrypt", "*"))], ["fail policy"]],
  [
    "everything but something fails",
    [role(), inline(JSON.stringify({ Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" } }))],
    ["fail policy"],
  ],
  ["listing buckets has no narrower resource", [role(), inline(document("s3:ListAllMyBuckets", "*"))], []],
  [
    "what is no data has none either",
    [role(), inline(document(["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"], "*"))],
    [],
  ],
  ["a denial passes", [role(), inline(document("s3:*", "*", { Effect: "Deny" }))], []],
  [
    "a policy as a value fails",
    [role(), inline({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] })],
    ["fail policy"],
  ],
  [
    "a secret policy fails, and is not said",
    [role(), inline(new Secret(document("s3:*", "arn:aws:s3:::hunter2/*")))],
    ["fail policy"],
  ],
  ["an unknown policy cannot be told", [role(), inline(UNKNOWN)], ["unknown policy"]],
  [
    "an unknown resource cannot be told",
    [role(), inline({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: UNKNOWN }] })],
    ["unknown policy"],
  ],
  ["AmazonS3FullAccess fails", [role(), attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")], ["fail policyArn"]],
  [
    "AmazonSageMakerFullAccess passes where it is allowed",
    [role(), attached("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess")],
    [],
    { managedPolicies: [] },
  ],
  [
    "another managed policy passes",
    [role(), attached("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly")],
    [],
  ],
  [
    "a role's own list fails",
    role(undefined, { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
    ["fail managedPolicyArns[0]"],
  ],
  [
    "a role's inline policy fails",
    role(undefined, { inlinePolicies: [{ name: "a", policy: document("s3:*", "*") }] }),
    ["fail inlinePolicies[0]"],
  ],
  ["a policy that is attached by the role's name fails", [role(), managed, use], ["fail policy"]],
  ["a policy that nobody uses is not looked at", managed, []],
  ["a role of another service passes", [role("ec2.amazonaws.com"), inline(document("s3:*", "*"))], []],
  ["a function's role without a workload passes", [role("lambda.amazonaws.com"), inline(document("s3:*", "*"))], []],
  [
    "the role of a function that is tagged with a workload fails",
    [
      role("lambda.amazonaws.com"),
      inline(document("s3:*", "*")),
      preprocessor({}, { propertyDependencies: { role: [role().urn] } }),
    ],
    ["fail policy"],
  ],
  ["of an unknown role, too much cannot be told", inline(document("s3:*", "*")), ["unknown policy"]],
  ["of an unknown role, an unknown policy is not said", inline(UNKNOWN), []],
]);

describe("rule wildcard-data-access", () => {
  it("refuses what is known, and only says what is unknown", () => {
    equal(verdictsOf(wildcardDataAccess, [role(), inline(document("*", "*"))])[0]?.violation, true);
    equal(verdictsOf(wildcardDataAccess, [role(), inline(UNKNOWN)])[0]?.violation, false);
  });
});
