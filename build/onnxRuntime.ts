import { mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { fetchLockedPackage, lockedPackage } from "./lockedPackage";

/** Folder of the lock file that pins ONNX Runtime, from the repository's root. */
export const ONNX_RUNTIME_LOCK = "build/onnxRuntime";

/** Where the sources (tsconfig.json) and the local plane find it for this host, from the repository's root. */
export const ONNX_RUNTIME_LINK = ".build/node_modules/onnxruntime-node";

/**
 * Fetches ONNX Runtime, whose package is built for every processor at once, and links it to where this host's is looked
 * for. npm does not install it: its install script would fetch CUDA libraries, which nothing here uses, from elsewhere than
 * the registry.
 * @param root the repository
 */
export async function linkOnnxRuntime(root: string): Promise<void> {
  const locked = await lockedPackage(path.join(root, ONNX_RUNTIME_LOCK), "onnxruntime-node");
  const folder = await fetchLockedPackage(locked, path.join(root, ".build", "packages"));
  const link = path.join(root, ONNX_RUNTIME_LINK);
  const target = path.relative(path.dirname(link), folder);
  if ((await readlink(link).catch(() => undefined)) === target) return;
  await mkdir(path.dirname(link), { recursive: true });
  const work = `${link}.${process.pid}`;
  // A junction on Windows, where links of another kind need a privilege.
  await symlink(target, work, "junction");
  await rm(link, { recursive: true, force: true });
  await rename(work, link);
}
