import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { Framework, FrameworkRun } from "./frameworks";

const run = promisify(execFile);

/** What converters say of their work. */
const LARGE = { maxBuffer: 64 * 1024 * 1024 };

/** Answers nobody: whatever would be downloaded fails. */
const NOWHERE = "http://127.0.0.1:9";

const Answer = z.object({ versions: z.record(z.string(), z.string()), probabilities: z.array(z.number()).min(2) });

/** What a framework says of itself and of the picture. */
export type FrameworkAnswer = z.infer<typeof Answer>;

/**
 * Runs the page's code in a folder, in the framework's environment and with no way to download anything.
 * @param programs folder of the environment's programs
 * @param samples of the picture, as large as the model expects it: RGB, pixel by pixel
 * @returns the framework's own answer on the picture
 */
export async function frameworkAnswer(
  { requirements }: Framework,
  { network, python, shell, input }: FrameworkRun,
  programs: string,
  folder: string,
  samples: Uint8Array,
): Promise<FrameworkAnswer> {
  const env = {
    ...process.env,
    CUDA_VISIBLE_DEVICES: "",
    http_proxy: NOWHERE,
    HTTP_PROXY: NOWHERE,
    https_proxy: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    KERAS_HOME: folder,
    PATH: `${programs}${path.delimiter}${process.env["PATH"] ?? ""}`,
    // What the page installs must be what is pinned, and so is there already, or pip refuses.
    PIP_CONSTRAINT: requirements,
    PIP_NO_INDEX: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    TF_CPP_MIN_LOG_LEVEL: "3",
  };
  const options = { cwd: folder, env, ...LARGE };
  await writeFile(path.join(folder, "snippet.py"), python?.code ?? "");
  await writeFile(path.join(folder, "picture.rgb"), samples);
  const script = path.join(__dirname, "page_snippet.py");
  await run("python", [script, network, "snippet.py", "picture.rgb", String(input.width)], options);
  if (shell !== undefined) await run("sh", ["-euc", shell.code], options);
  return Answer.parse(JSON.parse(await readFile(path.join(folder, "answer.json"), "utf8")));
}
