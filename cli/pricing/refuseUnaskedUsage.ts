import { CannotRunError } from "../../contracts/cannotRunError";
import { InvalidInputError } from "../../contracts/problems";
import type { PriceResult } from "./priceResult";

/**
 * Refuses quantities of a usage file that no resource has in any of the stacks that were priced with it: a misspelt name
 * would otherwise leave a default in its place, unseen.
 * @throws CannotRunError `InvalidUsage` with every one of them
 */
export function refuseUnaskedUsage(results: readonly PriceResult[]): void {
  const [first, ...others] = results.map(({ unaskedUsage }) => unaskedUsage);
  const nowhere = (first ?? []).filter(({ resource, quantity }) =>
    others.every((other) => other.some((one) => one.resource === resource && one.quantity === quantity)),
  );
  if (nowhere.length === 0) return;
  const problems = nowhere.map(({ resource, quantity, known }) => ({
    property: `resources.${resource}.${quantity}`,
    given: "a figure",
    allowed: known.length > 0 ? `one of ${known.join(", ")}` : "the name of a resource that is priced by its use",
  }));
  throw new CannotRunError("InvalidUsage", new InvalidInputError("usage", problems).message);
}
