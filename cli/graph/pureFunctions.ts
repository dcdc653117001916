import { unknownText } from "./placeholderText";
import { policyDocument } from "./policyDocument";
import type { WireObject, WireValue } from "./wireValue";

/** Where a function is asked: what it answers depends on nothing else. */
export interface FunctionPlace {
  /** Region of the provider; undefined when unknown. */
  readonly region: string | undefined;
  /** Account, 12 digits; undefined when unknown, as it always is before deployment. */
  readonly accountId: string | undefined;
}

/** A partition of AWS: the regions that share accounts, and the names they go by. */
interface Partition {
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** Partitions by the prefix of their regions. Source: `partitions.json` of the AWS SDKs. */
const PARTITIONS: readonly (Partition & { readonly prefix: string })[] = [
  { prefix: "cn-", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { prefix: "us-gov-", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { prefix: "us-iso-", partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { prefix: "us-isob-", partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { prefix: "eu-isoe-", partition: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { prefix: "us-isof-", partition: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
  { prefix: "eusc-", partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
];

/** The partition of a region. */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) ?? { partition: "aws", dnsSuffix: "amazonaws.com" };
}

type PureFunction = (args: WireObject, place: FunctionPlace) => WireObject | undefined;

/** Functions of the AWS provider whose answer needs no cloud. Each returns undefined when it lacks what it needs. */
const FUNCTIONS: Readonly<Record<string, PureFunction>> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => policyDocument(args),
  "aws:index/getPartition:getPartition": (_args, { region }) => {
    if (region === undefined) return undefined;
    const { partition, dnsSuffix } = partitionOf(region);
    return { id: partition, partition, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
  },
  "aws:index/getRegion:getRegion": (args, place) => {
    const region = text(args["region"]) ?? text(args["name"]) ?? place.region;
    if (region === undefined) return undefined;
    const endpoint = `ec2.${region}.${partitionOf(region).dnsSuffix}`;
    // The description is a matter of AWS's own tables, which change; nothing is computed from it.
    return { id: region, name: region, region, endpoint, description: unknownText() };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { accountId, region }) => {
    if (accountId === undefined) return undefined;
    const { partition } = partitionOf(region ?? "");
    return { id: accountId, accountId, userId: accountId, arn: `arn:${partition}:iam::${accountId}:root` };
  },
  "aws:index/getArn:getArn": (args) => {
    const arn = text(args["arn"]);
    const [, partition, service, region, account, ...resource] = arn?.split(":") ?? [];
    if (arn === undefined || partition === undefined || service === undefined || resource.length === 0) {
      return undefined;
    }
    return {
      id: arn,
      arn,
      partition,
      service,
      region: region ?? "",
      account: account ?? "",
      resource: resource.join(":"),
    };
  },
};

/**
 * Computes a function's result, when it needs nothing but its arguments and its place.
 * @returns undefined for any other function
 * @throws Error when the provider would refuse the arguments
 */
export function computeFunction(token: string, args: WireObject, place: FunctionPlace): WireObject | undefined {
  return FUNCTIONS[token]?.(args, place);
}

function text(value: WireValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
