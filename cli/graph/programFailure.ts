import { CannotRunError } from "../../contracts/cannotRunError";
import type { ProgramEnd } from "./programProcess";
import type { Project } from "./project";

/**
 * What kept a program from registering everything, or undefined when it succeeded.
 * @param errors what the program or its SDK reported to the engine; as there, one is enough to fail
 * @param failures what went wrong while requests of the program were answered
 */
export function programFailure(
  project: Project,
  end: ProgramEnd,
  errors: readonly string[],
  failures: readonly unknown[],
): CannotRunError | undefined {
  if (end.timedOut) {
    return new CannotRunError(
      "ProgramTimedOut",
      `program ${project.name} did not end in time and was stopped${errors.length > 0 ? `: ${errors.join("\n")}` : ""}`,
    );
  }
  const coded = failures.find((failure) => failure instanceof CannotRunError);
  if (coded instanceof CannotRunError) return coded;
  if (end.code === 0 && errors.length === 0) return undefined;
  const said = errors.length > 0 ? errors.join("\n") : end.errorOutput.trim();
  const how = end.code === undefined ? "was ended by a signal" : `ended with exit code ${end.code}`;
  return new CannotRunError("ProgramFailed", `program ${project.name} failed: ${said || how}`, { cause: failures[0] });
}
