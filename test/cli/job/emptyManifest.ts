import type { LocalManifest } from "../../../contracts/localManifest";

/** What a plane without anything tells its users. */
export function emptyManifest(endpoint: string): LocalManifest {
  return {
    version: 1,
    endpoint,
    region: "us-east-1",
    accountId: "123456789012",
    accessKeyId: "AKIAEXAMPLE",
    secretAccessKey: "secret",
    buckets: [],
    accessPoints: [],
    fleets: [],
    endpoints: [],
    apis: [],
  };
}
