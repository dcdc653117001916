import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { photographs } from "../../cli/job/photographs";
import { CannotRunError } from "../../contracts/cannotRunError";
import { commandLineReadings } from "./commandLineReaders";
import { customerPointerReadings } from "./customerPointers";
import { documentedReadings } from "./documentedPrograms";
import { fleetPipelineReadings } from "./fleetPipelines";
import { hostedModelReadings } from "./hostedModels";
import { nodeReadings } from "./nodeReaders";
import { privateVenv } from "./privateVenv";
import { type Reading, reading } from "./reading";
import { ServingPlane } from "./servingPlane";

/**
 * Reads through a running plane with AWS's own clients, each as its users have it, and stops the plane. What a fleet
 * would call is judged by their models.
 * Exit code: 0 every check holds, 1 one does not, 2 could not run.
 */

const ROOT = path.resolve(__dirname, "../..");

/** One of the shipped photographs, which the main job has uploaded. */
const KEY = "black-canyon.jpg";

const PythonReading = z.object({
  check: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  sha256: z.string().optional(),
});

// The SDK that is pinned here supports this Node.js; its notice is about versions to come.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

async function main(): Promise<number> {
  const programs = await privateVenv(path.join(ROOT, ".build", "clients"), path.join(__dirname, "requirements.txt"));
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-clients-"));
  let failures = 0;
  const report = (readings: readonly Reading[]): void => {
    for (const { check, ok, detail } of readings) {
      console.log(`${ok ? "ok  " : "FAIL"}  ${check}${detail && `: ${detail}`}`);
      if (!ok) failures++;
    }
  };
  let plane: ServingPlane | undefined;
  try {
    plane = await ServingPlane.start(folder);
    const { manifest, manifestFile } = plane;
    const readings = [
      ...(await nodeReadings(manifest, KEY)),
      ...(await commandLineReadings(programs, manifest, KEY, folder)),
      ...(await pythonReadings(programs, "readers.py", manifestFile, KEY)),
      ...(await pythonReadings(programs, "pythonClient.py", manifestFile, KEY)),
      ...(await customerPointerReadings(programs)),
    ];
    const pipelines = await fleetPipelineReadings(programs);
    const hosted = await hostedModelReadings(programs);
    const picture = (await photographs()).find(({ key }) => key === KEY)?.file ?? "";
    const documented = await documentedReadings(programs, manifest, folder, picture);
    const stopped = await stopReadings(plane);
    report([...readings, await sameBytes(readings), ...pipelines, ...hosted, ...documented, ...stopped]);
  } finally {
    plane?.kill();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(failures === 0 ? "ok: every client reads the same" : `${failures} checks failed`);
  return failures === 0 ? 0 : 1;
}

async function pythonReadings(
  programs: string,
  name: string,
  manifestFile: string,
  key: string,
): Promise<readonly Reading[]> {
  const script = path.join(__dirname, name);
  const { stdout } = await promisify(execFile)(path.join(programs, "python"), [script, manifestFile, key]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => PythonReading.parse(JSON.parse(line)));
}

function sameBytes(readings: readonly Reading[]): Promise<Reading> {
  return reading("all of them read the same bytes", async () => {
    const read = readings.filter(({ sha256 }) => sha256 !== undefined);
    const different = new Set(read.map(({ sha256 }) => sha256));
    if (different.size !== 1) throw new Error(`${read.length} readings gave ${different.size} different objects`);
    return `${read.length} readings`;
  });
}

async function stopReadings(plane: ServingPlane): Promise<readonly Reading[]> {
  const { exitCode, portClosed, leftInTemp, leftRunning } = await plane.stop();
  const expect = (check: string, holds: boolean, found: string): Promise<Reading> =>
    reading(check, async () => {
      if (!holds) throw new Error(found);
      return "";
    });
  return [
    await expect("SIGTERM ends the plane with exit code 0", exitCode === 0, `exit code ${exitCode}`),
    await expect("its port is closed", portClosed, "something still listens"),
    await expect("its temporary folder is gone", leftInTemp.length === 0, leftInTemp.join(", ")),
    await expect("none of its processes is left", leftRunning.length === 0, leftRunning.join(", ")),
  ];
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error("test:clients:", error instanceof CannotRunError ? error.message : error);
    process.exitCode = 2;
  },
);
