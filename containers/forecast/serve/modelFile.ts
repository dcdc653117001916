import { closeSync, constants, fstatSync, openSync, readFile as readFileOf, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { LARGEST_MODEL, MODEL_FILE } from "../modelArchive";
import { ServingError } from "./servingError";

/**
 * Reads `model.json` from the folder that SageMaker unpacked an archive to.
 * @param admit is told the size before anything of it is read, and throws to keep it out
 * @throws ServingError NoSuchPath, 404, without such a folder; InvalidModel, 400, when it holds no model
 */
export async function readModelFile(folder: string, admit: (bytes: number) => void): Promise<string> {
  const file = await opened(folder);
  try {
    const status = fstatSync(file);
    if (!status.isFile() || status.size > LARGEST_MODEL) {
      throw invalidModel(`${MODEL_FILE} is not a file of at most ${LARGEST_MODEL} bytes`);
    }
    admit(status.size);
    return status.size <= READ_AT_ONCE ? readFileSync(file, "utf8") : await readFile(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** Bytes of a file that are read at once: the disk's cache gives them in less time than handing the reading over takes. */
const READ_AT_ONCE = 256 * 1024;

const readFile = promisify(readFileOf);

async function opened(folder: string): Promise<number> {
  try {
    // A pipe would otherwise hold the server up until somebody writes to it.
    return openSync(path.join(folder, MODEL_FILE), constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw await refusal(folder, error as NodeJS.ErrnoException);
  }
}

async function refusal(folder: string, error: NodeJS.ErrnoException): Promise<ServingError> {
  const there = await stat(folder).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!there) return new ServingError(404, "NoSuchPath", `there is no folder ${JSON.stringify(folder)}`);
  if (error.code === "ENOENT") return invalidModel(`the folder has no ${MODEL_FILE}`);
  return invalidModel(`${MODEL_FILE} cannot be opened: ${error.code}`);
}

function invalidModel(message: string): ServingError {
  return new ServingError(400, "InvalidModel", message);
}
