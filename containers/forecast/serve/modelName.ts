import { printGiven } from "../../../contracts/problems";
import { invalidRequest } from "./servingError";

const PATTERN = /^[A-Za-z0-9_-]{1,256}$/;

/** What a name may be; SageMaker's are hashes of the target model. */
const ALLOWED = "1 to 256 letters, digits, hyphens and underscores";

/** Whether a model may have a name. */
export function isModelName(name: string): boolean {
  return PATTERN.test(name);
}

/**
 * Reads a name from a path, percent-decoded.
 * @throws ServingError InvalidRequest
 */
export function modelNameOf(encoded: string): string {
  let name: string | undefined;
  try {
    name = encoded.includes("%") ? decodeURIComponent(encoded) : encoded;
  } catch {
    name = undefined;
  }
  if (name !== undefined && isModelName(name)) return name;
  throw invalidRequest([modelNameProblem(encoded)]);
}

/** What is wrong with a name. */
export function modelNameProblem(name: unknown): { property: string; given: string; allowed: string } {
  return { property: "model_name", given: printGiven(name), allowed: ALLOWED };
}
