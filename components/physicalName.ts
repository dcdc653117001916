import * as pulumi from "@pulumi/pulumi";

/** A name in the account of what takes no generated one: parts in the characters that AWS takes everywhere. */
export function accountName(...parts: readonly string[]): string {
  return parts
    .join("-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** The project's, the stack's and the component's name. */
export function physicalName(name: string): string {
  return accountName(pulumi.getProject(), pulumi.getStack(), name);
}
