/** A version of Node.js with a set of packages. */
export interface Lane {
  /** Versions of Node.js, as npm takes them; the newest of them is run. */
  readonly node: string;
  /** Whether Pulumi's packages are those of the lock file or the newest that there are. */
  readonly packages: "locked" | "newest";
}

/**
 * The oldest Node.js that is supported, and the two that follow it; the newest packages where they still support it. 3.248 is the
 * last SDK for Node.js 20.
 */
export const LANES: readonly Lane[] = [
  { node: "20.19", packages: "locked" },
  { node: "22", packages: "locked" },
  { node: "24", packages: "locked" },
  { node: "22", packages: "newest" },
  { node: "24", packages: "newest" },
];

/** Packages that are taken newest. */
export const NEWEST = ["@pulumi/pulumi@latest", "@pulumi/aws@latest"] as const;

/**
 * Tests that a lane runs, unless all are asked for: what depends on Node.js (processes, streams, compression, native packages)
 * or on Pulumi's packages. The others reckon, write text or build archives, which is the same on every version; all of them
 * five times over take the better part of an hour on two cores.
 */
export const SPECS = [
  "test/clients",
  "test/components",
  "test/stacks",
  "test/cli/archive",
  "test/cli/graph",
  "test/cli/local/lambda",
  "test/containers/forecast/serve",
  "test/functions",
] as const;
