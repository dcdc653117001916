import { open, stat } from "node:fs/promises";
import path from "node:path";
import { LARGEST_MODEL, MODEL_FILE } from "../modelArchive";
import { ServingError } from "./servingError";

/**
 * Reads `model.json` from the folder that SageMaker unpacked an archive to.
 * @param admit is told the size before anything of it is read, and throws to keep it out
 * @throws ServingError NoSuchPath, 404, without such a folder; InvalidModel, 400, when it holds no model
 */
export async function readModelFile(folder: string, admit: (bytes: number) => void): Promise<string> {
  const file = await open(path.join(folder, MODEL_FILE)).catch(async (error: NodeJS.ErrnoException) => {
    throw await refusal(folder, error);
  });
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > LARGEST_MODEL) {
      throw invalidModel(`${MODEL_FILE} is not a file of at most ${LARGEST_MODEL} bytes`);
    }
    admit(status.size);
    return await file.readFile("utf8");
  } finally {
    await file.close();
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
