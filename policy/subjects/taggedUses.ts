import type { AcceleratorUse } from "./acceleratorPlaces";

/** Uses whose types carry no role: a tag that says training allows an accelerator there, and nowhere else. */
export const TAGGED_USES: readonly AcceleratorUse[] = ["ec2", "autoScaling", "cluster", "container", "emr"];
