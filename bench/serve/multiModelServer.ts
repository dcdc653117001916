import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { QUESTION } from "./answer";
import type { BenchServer } from "./benchServer";
import { modelFolder } from "./servedModels";
import { freePort, ServerProcess } from "./serverProcess";

/** As SageMaker's own images set it, but for what logs. */
const SETTINGS = {
  default_workers_per_model: "1",
  default_service_handler: "multi_model_server_model:handle",
  job_queue_size: "1000",
  async_logging: "true",
  decode_input_request: "false",
  disable_system_metrics: "true",
  load_models: "none",
} as const;

const SILENT = `<Configuration status="off"><Loggers><Root level="off"/></Loggers></Configuration>\n`;

/**
 * multi-model-server in the mode that SageMaker's multi-model endpoints run it in, with one worker for each model.
 * @param programs folder of the Python environment's programs
 * @param java folder of its Java
 */
export function multiModelServer(programs: string, java: string): BenchServer {
  const name = "multi-model-server";
  return {
    name,
    async start(root, placement) {
      const port = await freePort();
      const folder = path.join(root, name);
      const temporary = path.join(folder, `tmp-${port}`);
      await mkdir(temporary, { recursive: true });
      const [logging, configuration] = [path.join(folder, "log4j2.xml"), path.join(folder, "config.properties")];
      await writeFile(logging, SILENT);
      const address = `http://127.0.0.1:${port}`;
      const settings = {
        vmargs: `-XX:-UseContainerSupport -Dlog4j.configurationFile=file://${logging}`,
        // Models are named by their whole path, as on SageMaker.
        model_store: "/",
        inference_address: address,
        management_address: address,
        ...SETTINGS,
      };
      const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
      await writeFile(configuration, lines.join(""));
      const environment = {
        SAGEMAKER_MULTI_MODEL: "true",
        JAVA_HOME: java,
        PYTHONPATH: __dirname,
        PYTHONDONTWRITEBYTECODE: "1",
        TEMP: temporary,
        TMPDIR: temporary,
      };
      const python = path.join(programs, "python");
      const command = [python, "-m", "mms.model_server", "--start", "--foreground", "--mms-config", configuration];
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
