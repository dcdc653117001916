import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "esbuild";
import { bundleFunction } from "./functionArchive";

/** Where the handler lies that every module's archive begins with, from the repository's root. */
export const MODULE_HANDLER_FILE = "dist/functions/normalize-module.js";

/** Puts the transformer that loads a module into the place of the one for images, which leaves sharp out with it. */
const moduleInPlaceOfImages: Plugin = {
  name: "module-in-place-of-images",
  setup(build) {
    build.onResolve({ filter: /\/imageTransformer$/ }, ({ resolveDir }) => ({
      path: path.join(resolveDir, "moduleTransformer.ts"),
    }));
  },
};

/**
 * Bundles the function `normalize` for modules: everything but the transformation. `frugal-ml bundle` adds the module.
 * @param root the repository
 * @param output folder in which {@link MODULE_HANDLER_FILE} is kept
 * @returns path of the file
 * @throws Error when it would need a native package
 */
export async function buildModuleHandler(root: string, output = root): Promise<string> {
  const code = await bundleFunction(root, "normalize", [moduleInPlaceOfImages]);
  if (/\brequire\("sharp"\)/.test(Buffer.from(code).toString("utf8"))) {
    throw new Error("the handler of modules requires sharp, which only images need");
  }
  const target = path.join(output, MODULE_HANDLER_FILE);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, code);
  return target;
}
