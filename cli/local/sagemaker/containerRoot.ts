import path from "node:path";
import { CONTAINER_ROOT } from "../../../contracts/fleetContainer";
import { JobFailure } from "./jobFailure";

/**
 * Where a path of a container is on this machine.
 * @param root folder that stands for `/opt/ml`
 * @throws JobFailure when the path is not below `/opt/ml`
 */
export function containerPath(root: string, inContainer: string): string {
  const below = path.posix.relative(CONTAINER_ROOT, path.posix.normalize(inContainer));
  if (!path.posix.isAbsolute(inContainer) || below === "" || below.startsWith("..")) {
    throw new JobFailure("Client", `ClientError: ${inContainer} must be below ${CONTAINER_ROOT}`);
  }
  return path.join(root, below);
}
