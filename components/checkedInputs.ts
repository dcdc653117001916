import * as pulumi from "@pulumi/pulumi";
import { formatProblem, type Problem, printGiven } from "../contracts/problems";

/** What a scalar argument must be. */
export interface InputRule<T> {
  /** What is allowed, in words that complete "allowed: …". */
  readonly allowed: string;
  test(value: T): boolean;
}

/** An integer within bounds, both included. */
export function integerWithin(low: number, high: number, unit = ""): InputRule<number> {
  return {
    allowed: `an integer from ${low} to ${high}${unit && ` ${unit}`}`,
    test: (value) => Number.isInteger(value) && value >= low && value <= high,
  };
}

/** One of the given values. */
export function oneOf<T extends string | number>(values: readonly T[]): InputRule<T> {
  return { allowed: `one of ${values.join(", ")}`, test: (value) => values.includes(value) };
}

/**
 * Collects every problem of a component's arguments, so that they are reported at once. A value that is only known
 * later (an output) is checked when it arrives.
 */
export class CheckedInputs {
  readonly #problems: Problem[] = [];

  /** @param subject what is being checked, for example `NormalizingAccessPoint images` */
  constructor(private readonly subject: string) {}

  /** Adds problems that were found elsewhere. */
  add(problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  /** Checks a value that is known now. */
  plain<T>(property: string, value: T, rule: InputRule<T>): T {
    // JSON of an output is a page about outputs.
    const given = pulumi.Output.isInstance(value) ? "an output, whose value is not known yet" : printGiven(value);
    if (!rule.test(value)) this.#problems.push({ property, given, allowed: rule.allowed });
    return value;
  }

  /** Checks an input, now when it is known and otherwise when it arrives. */
  input<T extends string | number | boolean>(
    property: string,
    value: pulumi.Input<T>,
    rule: InputRule<T>,
  ): pulumi.Input<T> {
    if (!pulumi.Output.isInstance(value) && !(value instanceof Promise)) return this.plain(property, value as T, rule);
    return pulumi.output(value).apply((arrived) => {
      // A promise's or output's type is lost by Pulumi's unwrapping; a scalar unwraps to itself.
      const known = arrived as T;
      if (!rule.test(known)) {
        throw propertiesError(this.subject, [{ property, given: printGiven(known), allowed: rule.allowed }]);
      }
      return known;
    });
  }

  /** Checks an input that may be left out. An empty text is not left out: it would become an empty property. */
  optional<T extends string | number | boolean>(
    property: string,
    value: pulumi.Input<T> | undefined,
    rule: InputRule<T>,
  ): pulumi.Input<T> | undefined {
    return value === undefined ? undefined : this.input(property, value, rule);
  }

  /**
   * Ends the check.
   * @throws pulumi.InputPropertiesError with every problem that was found
   */
  assert(): void {
    if (this.#problems.length > 0) throw propertiesError(this.subject, this.#problems);
  }
}

function propertiesError(subject: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({
    message: `${subject}:\n${problems.map((problem) => `  - ${formatProblem(problem)}`).join("\n")}`,
    errors: problems.map(({ property, given, allowed }) => ({
      propertyPath: property,
      reason: `given ${given}; allowed: ${allowed}`,
    })),
  });
}
