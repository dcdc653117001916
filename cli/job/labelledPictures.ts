import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { LocalClassifier } from "../local/localClassifier";

/** File beside a model that names pictures and their labels; the pictures are in the folder `pictures` beside it. */
const LIST = "pictures.json";

const List = z.array(z.object({ file: z.string().regex(/^[\w.-]+$/), label: z.string() }));

/** A picture whose label is known. */
export interface LabelledPicture {
  /** Name of its file. */
  readonly name: string;
  readonly label: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

/**
 * The pictures beside a classifier's model.
 * @returns undefined when there are none
 * @throws Error when the list is not one, or names a picture that is not there
 */
export async function labelledPictures({
  modelPath,
}: LocalClassifier): Promise<readonly LabelledPicture[] | undefined> {
  if (modelPath === undefined) return undefined;
  const folder = path.dirname(modelPath);
  const text = await readFile(path.join(folder, LIST), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  return Promise.all(
    List.parse(JSON.parse(text)).map(async ({ file, label }) => {
      return { name: file, label, bytes: await readFile(path.join(folder, "pictures", file)) };
    }),
  );
}
