import { mkdir } from "node:fs/promises";
import path from "node:path";
import { FleetEnvironment } from "../../contracts/fleetContainer";
import { SERVE_COMMAND, ServingEnvironment, type ServingIsolation } from "../../contracts/servingContainer";
import { QUESTION } from "./answer";
import type { BenchServer } from "./benchServer";
import { modelFolder, TRIVIAL_MODULE } from "./servedModels";
import { freePort, ServerProcess } from "./serverProcess";

const PROGRAM = path.resolve(__dirname, "../../dist/containers/forecast/main.js");

/**
 * The container of this package, as an endpoint with many models starts it.
 * @param module `trivial` serves the constant forecast that the peers serve; `forecast` the container's own
 */
export function ownServer(name: string, isolation: ServingIsolation, module: "trivial" | "forecast"): BenchServer {
  return {
    name,
    async start(root, placement) {
      const port = await freePort();
      const folder = path.join(root, "own", `${module}-${isolation}`);
      await mkdir(folder, { recursive: true });
      const environment = {
        [ServingEnvironment.MultiModel]: "true",
        [ServingEnvironment.BindToPort]: String(port),
        [ServingEnvironment.Isolation]: isolation,
        [FleetEnvironment.Root]: root,
        ...(module === "trivial" ? { [FleetEnvironment.ModelModule]: TRIVIAL_MODULE } : {}),
      };
      const command = [process.execPath, PROGRAM, SERVE_COMMAND];
      const started = { name, command, folder, environment, port, health: "/ping" };
      return {
        name,
        port,
        process: await ServerProcess.start(started, placement),
        load: (model) => {
          const body = JSON.stringify({ model_name: model, url: modelFolder(root, model) });
          return { method: "POST", path: "/models", body };
        },
        invoke: (model) => ({ method: "POST", path: `/models/${model}/invoke`, body: QUESTION }),
      };
    },
  };
}
