import { equal } from "node:assert/strict";
import { Secret } from "../../contracts/graph";
import { formatProblem, InvalidInputError, type Problem, printGiven } from "../../contracts/problems";

const WIDTH: Problem = { property: "width", given: "0", allowed: "an integer above 0" };
const HEIGHT: Problem = { property: "height", given: '"tall"', allowed: "an integer above 0" };

describe("problems", () => {
  it("says which property, what was given and what is allowed, on one line", () => {
    equal(formatProblem(WIDTH), "width: given 0; allowed: an integer above 0");
  });

  it("carries every problem", () => {
    const error = new InvalidInputError("stack configuration", [WIDTH, HEIGHT]);
    equal(
      error.message,
      "stack configuration has 2 problems:\n" +
        "  - width: given 0; allowed: an integer above 0\n" +
        '  - height: given "tall"; allowed: an integer above 0',
    );
    equal(error.name, "InvalidInputError");
    equal(error.code, "InvalidInput");
    equal(new InvalidInputError("x", [WIDTH]).message.split("\n")[0], "x has a problem:");
  });

  it("prints any value without surprises", () => {
    equal(printGiven(undefined), "nothing");
    equal(printGiven(null), "null");
    equal(printGiven("a\nb"), '"a\\nb"');
    equal(printGiven([1, "x"]), '[1,"x"]');
    equal(printGiven(Number.NaN), "NaN");
    equal(printGiven(Number.NEGATIVE_INFINITY), "-Infinity");
    equal(printGiven(3n), "3");
    equal(printGiven(Symbol("s")), "Symbol(s)");
    equal(printGiven(new Secret("hush")), '"[secret]"');
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    equal(printGiven(cyclic), "[object Object]");
  });

  it("keeps long values short", () => {
    const printed = printGiven("x".repeat(500));
    equal(printed.length, 78);
    equal(printed.endsWith("…"), true);
    equal(printGiven("x".repeat(78)).endsWith("…"), false);
  });
});
