import type { ModelSourceArgs } from "./modelSourceArgs";

/** One of several containers that stand side by side on the same instances. */
export interface HostedContainerArgs extends ModelSourceArgs {
  /** Host name of the container, other than the others': letters, digits and hyphens, at most 63. Logs and metrics have it too. */
  name: string;
}
