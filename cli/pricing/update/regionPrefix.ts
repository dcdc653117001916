/**
 * Prefixes that AWS puts before usage types, by Region
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html).
 */
const PREFIXES: Readonly<Record<string, string>> = {
  "us-east-1": "USE1",
  "us-east-2": "USE2",
  "us-west-1": "USW1",
  "us-west-2": "USW2",
  "af-south-1": "AFS1",
  "ap-east-1": "APE1",
  "ap-northeast-1": "APN1",
  "ap-northeast-2": "APN2",
  "ap-northeast-3": "APN3",
  "ap-south-1": "APS3",
  "ap-southeast-1": "APS1",
  "ap-southeast-2": "APS2",
  "ca-central-1": "CAN1",
  "eu-central-1": "EUC1",
  "eu-north-1": "EUN1",
  "eu-south-1": "EUS1",
  "eu-west-1": "EU",
  "eu-west-2": "EUW2",
  "eu-west-3": "EUW3",
  "me-south-1": "MES1",
  "sa-east-1": "SAE1",
};

/** Regions whose prefix is known. */
export const PREFIXED_REGIONS: readonly string[] = Object.keys(PREFIXES);

/** A usage type without the prefix of a Region: its code for billing, or its own name, which some services write. */
export function withoutPrefix(usageType: string, region: string): string {
  const prefixes = [PREFIXES[region], region, ...(region === "eu-west-1" ? ["EUW1"] : [])];
  const found = prefixes.find((prefix) => prefix !== undefined && usageType.startsWith(`${prefix}-`));
  return found === undefined ? usageType : usageType.slice(found.length + 1);
}
