import { UNKNOWN } from "../../../contracts/graph";
import { abandonedUploads } from "../../../policy/rules/abandonedUploads";
import { bucket, lifecycle } from "../buckets";
import { declared } from "../declared";
import { testRule } from "../ruleCases";

const abort = { id: "a", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

testRule(abandonedUploads, [
  ["a rule passes", [bucket(), lifecycle([abort])], []],
  ["a rule by the bucket's name passes", [bucket({ bucket: "shop" }), lifecycle([abort], "shop")], []],
  [
    "a rule of the bucket's own passes",
    bucket({ lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] }),
    [],
  ],
  ["none fails", bucket(), ["fail lifecycleRules"]],
  ["one that is turned off fails", [bucket(), lifecycle([{ ...abort, status: "Disabled" }])], ["fail lifecycleRules"]],
  ["one of another kind fails", [bucket(), lifecycle([{ id: "b", status: "Enabled" }])], ["fail lifecycleRules"]],
  ["unknown rules cannot be told", [bucket(), lifecycle(UNKNOWN)], ["unknown lifecycleRules"]],
  ["aws-native passes", declared("aws-native:s3:Bucket", "b", { lifecycleConfiguration: { rules: [abort] } }), []],
]);
