import { type GraphObject, type GraphResource, isUnknown } from "../../../../contracts/graph";
import { inputAt, objectsAt, textAt } from "../../../quotas/graphInput";
import { costOf } from "../../book/priceBook";
import { Range } from "../../range";
import type { WasteBill } from "../wasteBill";
import type { NotJudged, WasteFinding, WasteKind } from "../wasteKind";

const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const VERSIONING = ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"];
const LIFECYCLE = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

/** Buckets that keep every version for ever. A bill counts the newest only: what the others cost comes on top of it. */
export const versionsForEver: WasteKind = {
  id: "versions-for-ever",
  title: "earlier versions that are kept for ever",
  find: (bill: WasteBill): readonly (WasteFinding | NotJudged)[] =>
    bill.ofTypes(...BUCKETS).flatMap(([bucket, named]): readonly (WasteFinding | NotJudged)[] => {
      const [own] = objectsAt(bucket.inputs, "versioning");
      const stated = [
        own && (own["enabled"] ?? true),
        ...configuring(bucket, VERSIONING, bill).map(({ inputs }) =>
          inputAt(inputs, "versioningConfiguration", "status"),
        ),
      ];
      if (stated.some(isUnknown)) return [{ resource: named, why: "whether it keeps versions is not known yet" }];
      if (!stated.some((status) => status === true || status === "Enabled")) return [];
      const rules = [bucket, ...configuring(bucket, LIFECYCLE, bill)].flatMap(({ inputs }) => [
        ...objectsAt(inputs, "lifecycleRules"),
        ...objectsAt(inputs, "rules"),
      ]);
      if (rules.some(expiresVersions)) return [];
      const [storage] = bill.lines(bucket, "TimedStorage-ByteHrs");
      const price = storage && bill.book.find(storage.price.key);
      const quantity = storage?.quantity.times(bill.stack.usage.storage.noncurrentShare);
      const finding = {
        resources: [named],
        what: "it keeps versions, and no lifecycle rule lets earlier ones go",
        fix: "a lifecycle rule with noncurrentVersionExpiration, for example after 30 days",
      };
      if (storage === undefined || price === undefined || quantity === undefined)
        return [{ ...finding, claims: [], unpriced: "no price of its storage is in the book" }];
      const monthly = quantity.each((gb) => costOf(price, gb).usd);
      const line = { ...storage, what: "earlier versions", quantity, monthly };
      return [{ ...finding, claims: [{ line, share: Range.exactly(1), lever: "amount" }] }];
    }),
};

/** Resources of some types that configure a bucket: those that depend on it, and those that name it. */
function configuring(bucket: GraphResource, types: readonly string[], { stack }: WasteBill): readonly GraphResource[] {
  const name = bucket.id ?? textAt(bucket.inputs, "bucket");
  return stack.resources.filter(
    ({ type, inputs, propertyDependencies }) =>
      types.includes(type) &&
      ((propertyDependencies["bucket"]?.includes(bucket.urn) ?? false) ||
        (name !== undefined && textAt(inputs, "bucket") === name)),
  );
}

function expiresVersions(rule: GraphObject): boolean {
  const active = rule["status"] ?? rule["enabled"];
  return (active === "Enabled" || active === true) && rule["noncurrentVersionExpiration"] !== undefined;
}
