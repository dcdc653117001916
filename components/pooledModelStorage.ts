import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CheckedPooledModelArgs } from "./checkedPooledModelArgs";
import type { PooledModelArgs } from "./pooledModelArgs";
import { privateBucket } from "./privateBucket";

/** Folders of the bucket. */
const Folder = {
  Models: "models/",
  Asked: "asked/",
  Answered: "answered/",
  Failed: "failed/",
  NightlyAsked: "nightly/asked/",
  NightlyAnswered: "nightly/answered/",
} as const;

/** Days in which a model that was replaced can be brought back. */
const SUPERSEDED_DAYS = 7;

/** Where a pooled model keeps what; addresses begin with `s3://`, and those of folders end with a slash. */
export interface PooledModelStorage {
  /** Name of the bucket. */
  readonly bucket: pulumi.Output<string>;
  readonly modelDataUrl: pulumi.Output<string>;
  readonly asked: pulumi.Output<string>;
  readonly answered: pulumi.Output<string>;
  readonly failed: pulumi.Output<string>;
  readonly nightlyAsked: pulumi.Output<string>;
  readonly nightlyAnswered: pulumi.Output<string>;
}

/** The bucket, with the model under its checksum, and with what is asked overnight. */
export function pooledModelStorage(
  name: string,
  args: PooledModelArgs,
  checked: CheckedPooledModelArgs,
  parent: pulumi.Resource,
): PooledModelStorage {
  const { kmsKeyArn, forceDestroy = false } = args;
  const { tags } = checked;
  const lifecycleRules = rules(checked);
  const bucket = privateBucket(`${name}-bucket`, { forceDestroy, tags, kmsKeyArn, lifecycleRules }, parent).id;
  const encryption = kmsKeyArn !== undefined && { serverSideEncryption: "aws:kms", kmsKeyId: kmsKeyArn };
  const archive = new aws.s3.BucketObjectv2(
    `${name}-archive`,
    {
      bucket,
      key: `${Folder.Models}${checked.archiveSha256}/model.tar.gz`,
      source: new pulumi.asset.FileAsset(checked.archive),
      contentType: "application/gzip",
      ...encryption,
    },
    // A new archive is a new key and replaces the object, which protection would refuse; the bucket stays protected.
    { parent, protect: false },
  );
  // A job refuses a folder without objects.
  const requests = new aws.s3.BucketObjectv2(
    `${name}-nightly-requests`,
    {
      bucket,
      key: `${Folder.NightlyAsked}requests.jsonl`,
      content: checked.nightlyRequests.map((request) => `${request}\n`).join(""),
      contentType: "application/jsonlines",
      ...encryption,
    },
    { parent },
  );
  const folder = (below: string): pulumi.Output<string> => pulumi.interpolate`s3://${bucket}/${below}`;
  return {
    bucket,
    // By way of the objects, so that whoever reads them waits for them.
    modelDataUrl: pulumi.interpolate`s3://${archive.bucket}/${archive.key}`,
    asked: folder(Folder.Asked),
    answered: folder(Folder.Answered),
    failed: folder(Folder.Failed),
    nightlyAsked: pulumi.interpolate`s3://${requests.bucket}/${Folder.NightlyAsked}`,
    nightlyAnswered: folder(Folder.NightlyAnswered),
  };
}

function rules({ answerRetentionDays: days }: CheckedPooledModelArgs) {
  const { Asked, Answered, Failed, NightlyAnswered } = Folder;
  const expiring = [Asked, Answered, Failed, NightlyAnswered].map((prefix) => ({
    id: prefix.slice(0, -1).replace("/", "-"),
    status: "Enabled",
    filter: { prefix },
    expiration: { days },
    noncurrentVersionExpiration: { noncurrentDays: 1 },
  }));
  return [
    ...expiring,
    {
      id: "superseded-versions",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { expiredObjectDeleteMarker: true },
      noncurrentVersionExpiration: { noncurrentDays: SUPERSEDED_DAYS },
    },
  ];
}
