import { type GraphValue, Secret, UNKNOWN } from "../../../contracts/graph";
import { costTags } from "../../../policy/rules/costTags";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const both = { "frugal-ml:environment": "prod", "frugal-ml:cost-center": "shop" };
const bucket = (tags: GraphValue, provider?: string) =>
  declared("aws:s3/bucket:Bucket", "bucket", { tags }, provider === undefined ? {} : { provider });
const provider = (defaultTags: GraphValue) => declared("pulumi:providers:aws", "p", { defaultTags });
const { urn } = provider(null);

testRule(costTags, [
  ["both tags pass", bucket(both), []],
  ["secret tags pass", bucket(new Secret(both)), []],
  ["none fail", bucket(null), ["fail tags"]],
  ["one of two fails", bucket({ "frugal-ml:environment": "prod" }), ["fail tags"]],
  ["an empty value fails", bucket({ ...both, "frugal-ml:cost-center": "" }), ["fail tags"]],
  ["unknown tags cannot be told", bucket(UNKNOWN), ["unknown tags"]],
  ["a provider's default tags pass", [provider({ tags: both }), bucket(null, urn)], []],
  ["a provider's default tags as text pass", [provider(JSON.stringify({ tags: both })), bucket(null, urn)], []],
  ["a provider's unknown default tags cannot be told", [provider(UNKNOWN), bucket(null, urn)], ["unknown tags"]],
  ["another provider's do not count", [provider({ tags: both }), bucket(null)], ["fail tags"]],
  ["a company's own keys pass", bucket({ owner: "shop" }), [], { keys: ["owner"] }],
  [
    "aws-native's list passes",
    declared("aws-native:s3:Bucket", "b", { tags: [{ key: "owner", value: "shop" }] }),
    [],
    { keys: ["owner"] },
  ],
]);
