import { type Problem, printGiven } from "../contracts/problems";

/** What is wrong with a list of regular expressions. */
export function patternProblems(property: string, patterns: readonly string[]): readonly Problem[] {
  return patterns.flatMap((pattern, index) => {
    try {
      new RegExp(pattern, "i");
      return [];
    } catch {
      return [
        { property: `${property}[${index}]`, given: printGiven(pattern), allowed: "a JavaScript regular expression" },
      ];
    }
  });
}
