import { CannotRunError } from "./cannotRunError";
import { InvalidInputError, type Problem, printGiven } from "./problems";

/** What is wrong with a command line, collected so that all of it is said at once. */
export class CommandLineProblems {
  readonly #problems: Problem[] = [];

  /**
   * @param property option or argument as it is typed, for example `--format`
   * @param allowed in words that complete "allowed: …"
   */
  refuse(property: string, given: unknown, allowed: string): void {
    this.#problems.push({ property, given: printGiven(given), allowed });
  }

  get any(): boolean {
    return this.#problems.length > 0;
  }

  /** An error `BadUsage` with all of them. */
  error(): CannotRunError {
    return new CannotRunError("BadUsage", new InvalidInputError("command line", this.#problems).message);
  }
}
