import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadModule } from "../../../../containers/forecast/loadedModule";
import { unpackModel } from "../../../../containers/forecast/modelArchive";
import { SERIES_HEADER } from "../../../../containers/forecast/seriesFile";
import { type Serving, startServing } from "../../../../containers/forecast/serve/serve";
import { trainCustomer } from "../../../../containers/forecast/trainCustomer";
import { FleetEnvironment } from "../../../../contracts/fleetContainer";
import { ServingEnvironment } from "../../../../contracts/servingContainer";

/** Program of a model thread, as it is bundled. */
export const MODEL_THREAD = path.resolve(__dirname, "../../../../dist/containers/forecast/serve/modelThread.js");

/** A team's own module that can be served. */
export const MOODY = path.resolve(__dirname, "../fixtures/moodyModel.js");

/** `model.json` of a customer, trained from daily readings. */
export function modelText(customer: string, points = 60, environment: NodeJS.ProcessEnv = {}): string {
  let text = SERIES_HEADER;
  for (let day = 0; day < points; day++) {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    text += `${date},${100 + 10 * Math.sin((2 * Math.PI * day) / 7) + ((day * 7919) % 13) + customer.length}\n`;
  }
  const { archive, result } = trainCustomer({ customer, inputHash: "h", text }, loadModule(environment), false);
  if (archive === undefined) throw new Error(JSON.stringify(result));
  return JSON.stringify(unpackModel(archive));
}

/** Keeps the container's log lines out of the test's report. @returns what ends that */
export function keepLog(): () => void {
  const { stdout } = process;
  const before = stdout.write;
  const write = before.bind(stdout) as (text: string | Uint8Array) => boolean;
  stdout.write = (text: string | Uint8Array) => String(text).startsWith('{"level"') || write(text);
  return () => {
    stdout.write = before;
  };
}

/** A server on a port and a folder of its own. */
export class ServingFixture {
  readonly root = mkdtempSync(path.join(tmpdir(), "frugal-ml-serve-"));
  #serving: Serving | undefined;
  readonly #keptLog = keepLog();

  /** Writes `model.json` into a folder. @returns the folder */
  model(name: string, text: string): string {
    const folder = path.join(this.root, "models", name, "model");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "model.json"), text);
    return folder;
  }

  async start(environment: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#serving = await startServing(
      {
        ...process.env,
        [FleetEnvironment.Root]: this.root,
        [ServingEnvironment.MultiModel]: "true",
        [ServingEnvironment.BindToPort]: "0",
        ...environment,
      },
      MODEL_THREAD,
    );
  }

  get port(): number {
    return this.#serving?.port ?? 0;
  }

  /** Sends a request with fetch, which sends its head and its body in its own way. */
  async ask(method: string, target: string, body?: string, headers: Record<string, string> = {}) {
    const response = await fetch(`http://127.0.0.1:${this.port}${target}`, {
      method,
      // Without it, fetch would say text/plain.
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Loads a model. @returns the status */
  async load(name: string, url: string): Promise<number> {
    return (await this.ask("POST", "/models", JSON.stringify({ model_name: name, url }))).status;
  }

  /** @returns status and code of the error */
  async invoke(name: string, body: string, headers: Record<string, string> = {}): Promise<[number, string | null]> {
    const answer = await this.ask("POST", `/models/${name}/invoke`, body, headers);
    return [answer.status, answer.headers.get("x-frugal-ml-error")];
  }

  stopServing(): Promise<void> {
    return this.#serving?.stop() ?? Promise.resolve();
  }

  async end(): Promise<void> {
    await this.stopServing();
    this.#keptLog();
    rmSync(this.root, { recursive: true, force: true });
  }
}
