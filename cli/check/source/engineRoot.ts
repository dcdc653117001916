import { relative, resolve, sep } from "node:path";
import { repositoryOf } from "../../graph/sourceLocation";
import type { EngineRoot } from "./engineResource";

/** Where paths in the engine's files start, when the project is in the given folder. */
export function engineRoot(folder: string): EngineRoot {
  const absolute = resolve(folder);
  return { folder: absolute, inRepository: relative(repositoryOf(absolute), absolute).split(sep).join("/") };
}
