import { CannotRunError } from "../../contracts/cannotRunError";

/** What is thrown where the system does not let a file or folder of a model be read, with the system's reason. */
export function notRead(file: string, cause: unknown): CannotRunError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CannotRunError("FolderNotRead", `${file} cannot be read: ${reason}`, { cause });
}
