import type { CloudPlace } from "./cloudPlace";
import type { Statement } from "./normalizePolicies";

/** Bucket, or alias of an access point, and key prefix of an `s3://` address. */
export function s3Address(uri: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri) ?? [];
  return { bucket, prefix };
}

/** What reading these `s3://` addresses needs; the kind of an alias is in its ending. */
export function fleetInputStatements(place: CloudPlace, uris: readonly string[]): readonly Statement[] {
  const of = (test: (bucket: string) => boolean) => uris.map(s3Address).filter(({ bucket }) => test(bucket));
  const buckets = of((bucket) => !isAlias(bucket));
  const aliases = of((bucket) => bucket.endsWith("-s3alias"));
  const objectLambdas = of((bucket) => bucket.endsWith("--ol-s3"));
  return [
    ...(buckets.length > 0 ? bucketStatements(place, buckets) : []),
    ...(aliases.length > 0
      ? accessPointStatements(
          place,
          aliases.map(({ prefix }) => prefix),
        )
      : []),
    ...(objectLambdas.length > 0 ? objectLambdaStatements(place) : []),
  ];
}

function isAlias(bucket: string): boolean {
  return bucket.endsWith("-s3alias") || bucket.endsWith("--ol-s3");
}

/** One statement for all of reading, and one for listing each bucket: a role's policies have room for no more. */
function bucketStatements(
  { partition }: CloudPlace,
  addresses: readonly { readonly bucket: string; readonly prefix: string }[],
): readonly Statement[] {
  const arn = (bucket: string) => `arn:${partition}:s3:::${bucket}`;
  const buckets = [...new Set(addresses.map(({ bucket }) => bucket))];
  return [
    {
      Sid: "ReadInputs",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: addresses.map(({ bucket, prefix }) => `${arn(bucket)}/${prefix}*`),
    },
    ...buckets.map((listed, index) => ({
      Sid: `ListInputs${index}`,
      Effect: "Allow" as const,
      Action: "s3:ListBucket",
      Resource: arn(listed),
      Condition: {
        StringLike: {
          "s3:prefix": addresses.filter(({ bucket }) => bucket === listed).map(({ prefix }) => `${prefix}*`),
        },
      },
    })),
  ];
}

/** Policies name an access point by its ARN, which its alias does not tell: any of this account's, and only through one. */
function accessPointStatements(place: CloudPlace, prefixes: readonly string[]): readonly Statement[] {
  const { partition, account } = place;
  const points = accessPointArn(place, "s3");
  const Condition = { StringEquals: { "s3:DataAccessPointAccount": account } };
  return [
    {
      Sid: "ReadThroughAccessPoints",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: prefixes.flatMap((prefix) => [`${points}/object/${prefix}*`, `arn:${partition}:s3:::*/${prefix}*`]),
      Condition,
    },
    {
      Sid: "ListThroughAccessPoints",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [points, `arn:${partition}:s3:::*`],
      Condition,
    },
  ];
}

/** An Object Lambda's reader needs the access point beneath and the function too, but only while Object Lambda acts for it. */
function objectLambdaStatements(place: CloudPlace): readonly Statement[] {
  const { partition, region, account } = place;
  return [
    {
      Sid: "ReadThroughObjectLambda",
      Effect: "Allow",
      Action: ["s3-object-lambda:GetObject", "s3-object-lambda:ListBucket"],
      Resource: accessPointArn(place, "s3-object-lambda"),
    },
    {
      Sid: "OnlyWhileObjectLambdaActs",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket", "lambda:InvokeFunction"],
      Resource: [
        accessPointArn(place, "s3"),
        `arn:${partition}:s3:::*`,
        `arn:${partition}:lambda:${region}:${account}:function:*`,
      ],
      Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": ["s3-object-lambda.amazonaws.com"] } },
    },
  ];
}

function accessPointArn({ partition, region, account }: CloudPlace, service: string): string {
  return `arn:${partition}:${service}:${region}:${account}:accesspoint/*`;
}
