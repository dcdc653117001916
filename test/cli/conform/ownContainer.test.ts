import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { modelFolder, writeForecasts } from "../../../bench/serve/servedModels";
import type { ConformSubject } from "../../../cli/conform/conformSession";
import { runConform } from "../../../cli/conform/runConform";
import { FleetEnvironment } from "../../../contracts/fleetContainer";
import { SERVE_COMMAND, ServingEnvironment, SINGLE_MODEL_FOLDER } from "../../../contracts/servingContainer";

const PROGRAM = path.resolve(__dirname, "../../../dist/containers/forecast/main.js");

/** Megabytes that a handful of forecasts fills. */
const MEMORY_MB = 2;

const REQUEST = { body: '{"period": 7}', accept: "application/json" } as const;

describe("conform, at the container of this package", function () {
  this.timeout(60_000);
  let root: string;
  let models: readonly string[];

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), "frugal-ml-conform-"));
    models = (await writeForecasts(root, 2)).map((name) => modelFolder(root, name));
    await cp(models[0] ?? "", path.join(root, SINGLE_MODEL_FOLDER), { recursive: true });
  });
  after(() => rm(root, { recursive: true, force: true }));

  for (const isolation of ["process", "thread"]) {
    it(`holds every row with many models, isolation ${isolation}`, async () => {
      const [model, secondModel] = models;
      await passes(isolation, { multiModel: true, model, secondModel, fill: 2000, ...REQUEST });
    });
    it(`holds every row with one model, isolation ${isolation}`, () => passes(isolation, REQUEST));
  }

  async function passes(isolation: string, subject: ConformSubject): Promise<void> {
    const multiModel = String(subject.multiModel ?? false);
    const { container, port } = await started({
      [FleetEnvironment.Root]: root,
      [ServingEnvironment.MultiModel]: multiModel,
      [ServingEnvironment.Isolation]: isolation,
      [ServingEnvironment.ModelMemoryMb]: String(MEMORY_MB),
    });
    try {
      const { verdicts, leftBehind } = await runConform(new URL(`http://127.0.0.1:${port}`), subject);
      deepEqual(
        verdicts.filter(({ verdict }) => verdict === "fail"),
        [],
      );
      const skipped = verdicts.filter(({ verdict }) => verdict === "skipped");
      if (subject.multiModel) deepEqual(skipped, []);
      else ok(skipped.every(({ reason }) => reason?.startsWith("for multi-model containers alone")));
      deepEqual(leftBehind, []);
    } finally {
      await stop(container);
    }
  }

  it("ends, and says why, when somebody else has its port, in a thread too", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      for (const isolation of ["process", "thread"]) {
        const container = serving(port, {
          [FleetEnvironment.Root]: root,
          [ServingEnvironment.MultiModel]: "true",
          [ServingEnvironment.Isolation]: isolation,
        });
        let said = "";
        container.stderr?.on("data", (text) => {
          said += text;
        });
        container.stdout?.on("data", (text) => {
          said += text;
        });
        const end = setTimeout(() => container.kill("SIGKILL"), 30_000);
        const [code] = await once(container, "close");
        clearTimeout(end);
        equal(code, 1);
        match(said, /EADDRINUSE/);
      }
    } finally {
      taken.close();
    }
  });
});

function serving(port: number, environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [PROGRAM, SERVE_COMMAND], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, [ServingEnvironment.BindToPort]: String(port), ...environment },
  });
}

/** Starts a container that listens. Another test may take the port that was free: then it starts on another. */
async function started(environment: NodeJS.ProcessEnv): Promise<{ container: ChildProcess; port: number }> {
  for (;;) {
    const port = await freePort();
    const container = serving(port, environment);
    container.stdout?.resume();
    container.stderr?.resume();
    if (await listens(container, port)) return { container, port };
  }
}

async function stop(container: ChildProcess): Promise<void> {
  if (container.exitCode !== null) return;
  const ended = once(container, "exit");
  container.kill("SIGTERM");
  await ended;
}

/** Waits for it longer than `conform` does, which a busy machine may need. False when it ended instead. */
async function listens(container: ChildProcess, port: number): Promise<boolean> {
  for (let waited = 0; waited < 30_000 && container.exitCode === null; waited += 50) {
    const socket = connect(port, "127.0.0.1");
    const isThere = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    // What answers may be whoever took the port.
    if (isThere) await sleep(20);
    if (isThere) return container.exitCode === null;
    await sleep(50);
  }
  return container.exitCode === null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
