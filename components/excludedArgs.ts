import type { CheckedInputs } from "./checkedInputs";

/**
 * Refuses arguments of other options that SageMaker does not take for this one. Types keep them out of TypeScript; programs
 * in other languages, and arguments that were put together elsewhere, may still bring them.
 * @param excluded by property, why it is refused
 */
export function refuseExcluded(args: object, excluded: Readonly<Record<string, string>>, checks: CheckedInputs): void {
  for (const [property, why] of Object.entries(excluded)) {
    if (Reflect.get(args, property) === undefined) continue;
    checks.add([{ property, given: "an argument of other options", allowed: `nothing: ${why}` }]);
  }
}
