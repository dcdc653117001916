import { deepEqual, throws } from "node:assert/strict";
import {
  integerField,
  type OptionFields,
  oneOfField,
  optionProblems,
  withDefaults,
} from "../../contracts/optionFields";
import { formatProblem } from "../../contracts/problems";

interface Tea {
  readonly minutes: number;
  readonly kind: string;
}

const FIELDS: OptionFields<Tea> = {
  minutes: integerField(1, 10, "minutes"),
  kind: oneOfField({ Green: "green", Black: "black" }),
};
const DEFAULTS: Tea = { minutes: 3, kind: "green" };
const problemsOf = (given: unknown) => optionProblems(given, "tea", FIELDS, "options");

describe("fields of options", () => {
  it("take both bounds, every value, and less than all", () => {
    for (const given of [{}, { minutes: 1 }, { minutes: 10, kind: "black" }, { kind: undefined }])
      deepEqual(problemsOf(given), []);
  });

  it("name every wrong and unknown field at once, with what was given and what is allowed", () => {
    deepEqual(problemsOf({ minutes: 11, kind: "Green", toString: 1, milk: true }).map(formatProblem), [
      "tea.minutes: given 11; allowed: an integer from 1 to 10 (minutes)",
      'tea.kind: given "Green"; allowed: one of green, black',
      "tea.toString: given 1; allowed: one of the options minutes, kind",
      "tea.milk: given true; allowed: one of the options minutes, kind",
    ]);
    for (const minutes of [0, 1.5, "3", Number.NaN, null])
      deepEqual(
        problemsOf({ minutes }).map(({ property }) => property),
        ["tea.minutes"],
      );
  });

  it("are of an object", () => {
    for (const given of [null, undefined, [], "green", 3])
      deepEqual(
        problemsOf(given).map(({ property, allowed }) => [property, allowed]),
        [["tea", "an object with minutes, kind"]],
      );
  });

  it("have defaults where nothing is given, or undefined", () => {
    deepEqual(withDefaults({ minutes: undefined, kind: "black" }, DEFAULTS, [], "tea"), { minutes: 3, kind: "black" });
    deepEqual(withDefaults({}, DEFAULTS, [], "tea"), DEFAULTS);
    throws(() => withDefaults({ milk: 1 }, DEFAULTS, problemsOf({ milk: 1 }), "tea"), {
      code: "InvalidInput",
      message: "tea has a problem:\n  - tea.milk: given 1; allowed: one of the options minutes, kind",
    });
  });
});
