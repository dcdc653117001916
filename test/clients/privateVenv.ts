import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { CannotRunError } from "../../contracts/cannotRunError";

const run = promisify(execFile);

/**
 * A Python environment of this test's own with the pinned clients, made once and found again until the requirements
 * change.
 * @returns the folder of its programs
 * @throws CannotRunError when Python or the packages cannot be had
 */
export async function privateVenv(folder: string, requirements: string): Promise<string> {
  const stamp = path.join(folder, "requirements.sha256");
  const programs = path.join(folder, "bin");
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) return programs;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const options = { maxBuffer: 64 * 1024 * 1024 };
  try {
    await run("python3", ["-m", "venv", folder], options);
    await run(path.join(programs, "pip"), ["install", "--quiet", "--no-deps", "-r", requirements], options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("NoClients", `python3 with the packages of ${requirements} cannot be had: ${reason}`, {
      cause,
    });
  }
  await writeFile(stamp, wanted);
  return programs;
}
