import { type Problem, printGiven } from "../../contracts/problems";
import type { RuleConfig } from "../../contracts/rule";

/** What is wrong with number parameters that must not be below a bound. */
export function boundProblems(config: RuleConfig, least: Readonly<Record<string, number>>): readonly Problem[] {
  return Object.entries(least).flatMap(([property, min]) => {
    const value = config[property];
    return typeof value === "number" && value >= min
      ? []
      : [{ property, given: printGiven(value), allowed: `a number of at least ${min}` }];
  });
}
