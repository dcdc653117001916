import { readFileSync } from "node:fs";
import { CannotRunError } from "../../contracts/cannotRunError";

/**
 * Reads the JSON file that `--from` names; `-` is standard input.
 * @param code of the error
 * @throws CannotRunError when it cannot be read, or is not JSON
 */
export function readJsonFile(file: string, code: string): unknown {
  try {
    return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new CannotRunError(code, `--from ${file}: ${reason}`, { cause });
  }
}
