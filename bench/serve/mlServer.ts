import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { QUESTION } from "./answer";
import type { BenchServer } from "./benchServer";
import { modelFolder, TRIVIAL_MODEL } from "./servedModels";
import { freePort, ServerProcess } from "./serverProcess";

/**
 * MLServer, its models in its own process or in a worker's. The trivial model answers on a route of its own, which takes
 * the request that the others take, and is faster than MLServer's protocol of tensors.
 * @param programs folder of the Python environment's programs
 * @param workers processes with models; 1 is MLServer's default, 0 none
 * @param models names of the models that it may load
 */
export function mlServer(programs: string, workers: 0 | 1, models: readonly string[]): BenchServer {
  const name = workers === 0 ? "MLServer" : "MLServer, one worker";
  return {
    name,
    async start(root, placement) {
      const [port, grpc, metrics] = [await freePort(), await freePort(), await freePort()];
      const folder = path.join(root, `mlserver-${workers}`);
      const repository = path.join(folder, "models");
      for (const model of models) await writeSettings(repository, model, modelFolder(root, model));
      const settings = {
        debug: false,
        host: "127.0.0.1",
        http_port: port,
        grpc_port: grpc,
        metrics_port: metrics,
        metrics_endpoint: null,
        gzip_enabled: false,
        parallel_workers: workers,
        model_repository_root: repository,
        load_models_at_startup: false,
        logging_settings: { version: 1, root: { level: "CRITICAL" } },
      };
      await writeFile(path.join(folder, "settings.json"), JSON.stringify(settings));
      // The wrapper of the environment's programs knows its own Python; the models are found beside this file.
      const environment = { PYTHONPATH: __dirname, PYTHONDONTWRITEBYTECODE: "1" };
      const command = [path.join(programs, "mlserver"), "start", folder];
      const started = { name, command, folder, environment, port, health: "/v2/health/live" };
      return {
        name,
        port,
        process: await ServerProcess.start(started, placement),
        load: (model) => ({ method: "POST", path: `/v2/repository/models/${model}/load` }),
        invoke: () => ({ method: "POST", path: "/invocations", body: QUESTION }),
      };
    },
  };
}

async function writeSettings(repository: string, model: string, uri: string): Promise<void> {
  const folder = path.join(repository, model);
  await mkdir(folder, { recursive: true });
  // One route belongs to one model: the others answer by MLServer's protocol alone.
  const kind = model === TRIVIAL_MODEL ? "RoutedModel" : "TrivialModel";
  const settings = { name: model, implementation: `mlserver_model.${kind}`, parameters: { uri } };
  await writeFile(path.join(folder, "model-settings.json"), JSON.stringify(settings));
}
