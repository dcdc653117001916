import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import * as z from "zod";
import { type LoopResult, type LoopTask, loopResultSchema } from "./closedLoop";
import { type Placement, placed } from "./placement";
import { treeCpuSeconds } from "./processTree";

const ROOT = path.resolve(__dirname, "../..");
const failureSchema = z.object({ error: z.string() });
const messageSchema = z.union([loopResultSchema, failureSchema]);

/** The clients, in one process that all servers share. */
export class LoadClients {
  private constructor(private readonly child: ChildProcess) {}

  static start(placement: Placement): LoadClients {
    const program = path.join(__dirname, "clientProgram.ts");
    const { file, args } = placed(placement, "client", [process.execPath, "--import", "tsx", program]);
    return new LoadClients(spawn(file, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit", "ipc"] }));
  }

  /** @throws Error when a connection breaks, or the process does */
  run(task: LoopTask): Promise<LoopResult> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`The clients' process ended with ${code}.`));
      child.once("exit", onExit);
      child.once("message", (message) => {
        child.off("exit", onExit);
        const answer = messageSchema.parse(message);
        if ("error" in answer) reject(new Error(answer.error));
        else resolve(answer);
      });
      child.send(task);
    });
  }

  /** Seconds of processor time so far. */
  cpuSeconds(): number {
    return this.child.pid === undefined ? Number.NaN : treeCpuSeconds(this.child.pid);
  }

  stop(): void {
    this.child.disconnect();
  }
}
