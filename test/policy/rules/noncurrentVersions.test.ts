import { UNKNOWN } from "../../../contracts/graph";
import { noncurrentVersions } from "../../../policy/rules/noncurrentVersions";
import { bucket, lifecycle, versioning } from "../buckets";
import { testRule } from "../ruleCases";

const expire = { id: "e", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } };

testRule(noncurrentVersions, [
  ["a bucket without versions passes", bucket(), []],
  ["versions that expire pass", [bucket(), versioning("Enabled"), lifecycle([expire])], []],
  ["versions that do not fail", [bucket(), versioning("Enabled")], ["fail lifecycleRules"]],
  ["a bucket's own versions fail", bucket({ versioning: { enabled: true } }), ["fail lifecycleRules"]],
  ["suspended versions pass", [bucket(), versioning("Suspended")], []],
  ["unknown versions cannot be told", [bucket(), versioning(UNKNOWN)], ["unknown lifecycleRules"]],
  ["unknown rules cannot be told", [bucket(), versioning("Enabled"), lifecycle(UNKNOWN)], ["unknown lifecycleRules"]],
]);
