import { deepEqual } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import * as z from "zod";
import { sourceArguments } from "../../compiled/sourceArguments";
import { isRunning, stillRunning } from "../isRunning";

const PLANE = path.join(__dirname, "fixtures", "abandonedPlane.ts");

const Started = z.object({ container: z.int(), lambda: z.int(), options: z.array(z.string()) });

describe("cli/local/planeProcess", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
  });
  // What is killed removes nothing.
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

  it("leaves no container and no function behind when the plane is killed", async () => {
    const plane = spawn(process.execPath, [...sourceArguments(), PLANE], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: folder, TEMP: folder, NODE_NO_WARNINGS: "1" },
    });
    const [line] = await once(createInterface({ input: plane.stdout }), "line");
    const { container, lambda, options } = Started.parse(JSON.parse(line));
    // What the function starts in its turn is not told to look for a pipe that it does not have.
    deepEqual(options, ["--max-old-space-size=256"]);
    deepEqual([container, lambda].map(isRunning), [true, true]);
    plane.kill("SIGKILL");
    const left = await stillRunning([container, lambda], 5000);
    for (const pid of left) process.kill(pid, "SIGKILL");
    deepEqual(left, []);
  });
});
