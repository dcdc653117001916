import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The program of npm itself; another package manager that runs this command names its own. */
const NPM_PROGRAM = /(^|[\\/])npm[^\\/]*\.js$/;

/**
 * Runs npm to its end: the one that runs this process, or else the one on PATH.
 * @returns what it printed
 * @throws Error when it fails, with `stderr`
 */
export async function runNpm(args: readonly string[], cwd?: string): Promise<string> {
  const { npm_execpath: script = "" } = process.env;
  const [command, first] = NPM_PROGRAM.test(script) ? [process.execPath, [script]] : ["npm", []];
  const { stdout } = await promisify(execFile)(command, [...first, ...args], { cwd, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
