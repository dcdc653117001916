import * as pulumi from "@pulumi/pulumi";
import { checkSavingsPlanCoverageArgs } from "../../components/checkedSavingsPlanCoverageArgs";
import type { SavingsPlanCoverageArgs } from "../../components/savingsPlanCoverageArgs";

/** Problems as `property: given …; allowed: …`; empty when nothing is refused. */
export function problemsOf(args: SavingsPlanCoverageArgs, name = "savings", now?: number): readonly string[] {
  try {
    checkSavingsPlanCoverageArgs(name, args, now);
    return [];
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    return error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
  }
}
