import path from "node:path";
import { CONTAINER_ROOT, FleetEnvironment } from "../../contracts/fleetContainer";

/** Path below SageMaker's folder, which is `/opt/ml` unless the environment moves it. */
export function containerPath(environment: NodeJS.ProcessEnv, ...parts: readonly string[]): string {
  return path.join(environment[FleetEnvironment.Root] ?? CONTAINER_ROOT, ...parts);
}
