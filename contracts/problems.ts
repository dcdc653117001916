/** One thing that is wrong with an input: which property, what was given, and what is allowed. */
export interface Problem {
  /** Path of the property, for example `transformation.width`. */
  readonly property: string;
  /** What was given, printable; never a secret. */
  readonly given: string;
  /** What is allowed, in words that complete "allowed: …". */
  readonly allowed: string;
}

/** Prints one problem on one line. */
export function formatProblem(problem: Problem): string {
  return `${problem.property}: given ${problem.given}; allowed: ${problem.allowed}`;
}

/** Prints a value for a message: short, quoted when it is a string, and without surprises when it is anything else. */
export function printGiven(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = spell(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** JSON, where it says what the value is: it turns NaN into null, and throws for a bigint or a cycle. */
function spell(value: unknown): string {
  if (typeof value === "number") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/**
 * Input that cannot be used. It carries every problem that was found, not only the first,
 * so that one look at the message is enough to mend the input.
 */
export class InvalidInputError extends Error {
  /** Stable code for programs. */
  readonly code = "InvalidInput";

  /**
   * @param subject what was being read, for example `stack configuration`
   * @param problems every problem found; at least one
   */
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(
      `${subject} has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((p) => `  - ${formatProblem(p)}`).join("\n")}`,
    );
    this.name = "InvalidInputError";
  }
}
