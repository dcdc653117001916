import { existsSync } from "node:fs";
import path from "node:path";
import { LocalPlaneError } from "../localPlaneError";

/**
 * The compiled program that stands for an image: `dist/containers/<name>/main.js` below the user's program, or else
 * below this package; `<name>` is what the image's address has after its last slash, without tag and digest,
 * and without `-hosting`: `forecast-hosting` is `forecast` for the processor of an endpoint.
 * @throws LocalPlaneError MissingContainer with the files that were looked for
 */
export function containerProgram(image: string, program: string): string {
  const name = /([^/:@]+?)(?:-hosting)?(?::[^/@]*)?(?:@[^/]*)?$/.exec(image)?.[1] ?? "";
  const candidates = [...new Set([path.resolve(program), packageRoot()])].map((root) =>
    path.join(root, "dist", "containers", name, "main.js"),
  );
  const found = name === "" ? undefined : candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new LocalPlaneError(
    "MissingContainer",
    `image ${image} does not run here: neither is there ${candidates.join(" nor ")}`,
  );
}

/** This package's folder, whether it runs from its sources or compiled. */
function packageRoot(): string {
  const root = path.resolve(__dirname, "../../..");
  return existsSync(path.join(root, "package.json")) ? root : path.dirname(root);
}
