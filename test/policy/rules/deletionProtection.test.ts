import { type GraphObject, type GraphValue, UNKNOWN } from "../../../contracts/graph";
import { deletionProtection } from "../../../policy/rules/deletionProtection";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const prod = { "frugal-ml:environment": "prod" };
const bucket = (forceDestroy: GraphValue, tags: GraphValue = prod, over: object = {}) =>
  declared("aws:s3/bucket:Bucket", "bucket", { forceDestroy, tags }, over);
const other = (type: string, inputs: GraphObject) => declared(type, "other", { tags: prod, ...inputs });
const provider = declared("pulumi:providers:aws", "p", { defaultTags: { tags: prod } });

testRule(deletionProtection, [
  ["a bucket that keeps its objects passes", bucket(false), []],
  ["one that says nothing passes", bucket(null), []],
  ["one that does not fails", bucket(true), ["fail forceDestroy"]],
  ["outside production it passes", bucket(true, { "frugal-ml:environment": "dev" }), []],
  ["without an environment it passes", bucket(true, null), []],
  [
    "a provider's default tags count",
    [provider, bucket(true, null, { provider: provider.urn })],
    ["fail forceDestroy"],
  ],
  ["an unknown value cannot be told", bucket(UNKNOWN), ["unknown forceDestroy"]],
  ["an unknown environment cannot be told", bucket(true, UNKNOWN), ["unknown forceDestroy"]],
  ["an unknown environment of a safe bucket does not matter", bucket(false, UNKNOWN), []],
  ["a repository fails", other("aws:ecr/repository:Repository", { forceDelete: true }), ["fail forceDelete"]],
  [
    "a domain's home directories fail",
    other("aws:sagemaker/domain:Domain", { retentionPolicy: { homeEfsFileSystem: "Delete" } }),
    ["fail retentionPolicy.homeEfsFileSystem"],
  ],
  [
    "another name of production fails",
    bucket(true, { stage: "live" }),
    ["fail forceDestroy"],
    { environmentTag: "stage", environments: ["live"] },
  ],
]);
