import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { photographs } from "../../cli/job/photographs";
import { CannotRunError } from "../../contracts/cannotRunError";
import { privateVenv } from "../clients/privateVenv";
import { type Reading, reading } from "../clients/reading";
import { frameworkAnswer } from "./frameworkAnswer";
import { type Framework, type FrameworkRun, frameworks, NOT_RUN } from "./frameworks";
import { judgedModel } from "./judgedModel";
import { PAGE, type PageSnippet, pageParagraph } from "./pageSnippets";

// The SDK that is pinned here supports this Node.js; its notice is about versions to come.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/**
 * Runs what docs/classifier.md shows of TensorFlow and PyTorch, as it is printed, each framework in an environment of its own
 * with pinned packages of PyPI, and judges each model that comes of it by one photograph: the function that classifies gives
 * the framework's own answer. The page's `model` is a small network of random weights, since weights would be downloaded.
 * Exit code: 0 every check holds, 1 one does not, 2 a framework could not be had.
 *
 * @example npm run test:frameworks
 */
async function main(): Promise<number> {
  let failures = 0;
  let absent = 0;
  const report = ({ check, ok, detail }: Reading): void => {
    console.log(`${ok ? "ok  " : "FAIL"}  ${check}: ${detail}`);
    if (!ok) failures++;
  };
  console.log(`The model of ${PAGE} is a small network of random weights in each check; the code is the page's.`);
  for (const framework of frameworks()) {
    try {
      const programs = await privateVenv(framework.venv, framework.requirements);
      await checked(framework, programs, report);
    } catch (error) {
      if (!(error instanceof CannotRunError)) throw error;
      console.log(`NOT run: ${framework.name}: ${error.message}`);
      absent++;
    }
  }
  for (const [what, why] of Object.entries(NOT_RUN)) console.log(`NOT run: ${what}: ${why}`);
  if (failures > 0) console.log(`${failures} checks failed`);
  else if (absent === 0) console.log("ok: the function answers as the frameworks do");
  if (failures > 0) return 1;
  return absent > 0 ? 2 : 0;
}

/** Runs all that the page shows of a framework, and checks that the page names the versions that it was run with. */
async function checked(framework: Framework, programs: string, report: (reading: Reading) => void): Promise<void> {
  const versions = new Map<string, string>();
  for (const run of framework.runs) {
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-frameworks-"));
    try {
      report(
        await reading(`${places(run)}, ${run.name}`, async () => {
          const { samples, picture } = await pictureOf(run);
          const answer = await frameworkAnswer(framework, run, programs, folder, samples);
          for (const [name, version] of Object.entries(answer.versions)) versions.set(name, version);
          return judgedModel(folder, run.input, picture, answer.probabilities);
        }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  report(
    await reading(`${PAGE} names the versions of ${framework.name}`, async () => {
      const paragraph = pageParagraph(`**${framework.name}**`);
      const named = [...versions].map(([name, version]) => `${name} ${version}`);
      const missing = named.filter((version) => !paragraph.includes(version));
      if (missing.length > 0 || named.length === 0) throw new Error(`it does not name ${missing.join(", ")}`);
      return named.join(", ");
    }),
  );
}

/** Page and lines of the code that is run. */
function places({ python, shell }: FrameworkRun): string {
  const lines = [python, shell].filter((snippet): snippet is PageSnippet => snippet !== undefined);
  return `${PAGE}:${lines.map(({ line }) => line).join(" and ")}`;
}

/** A photograph, as large as the model expects it: its samples, and a file that holds just these. */
async function pictureOf({ input: { width, height } }: FrameworkRun): Promise<{ samples: Buffer; picture: Buffer }> {
  const [photograph] = await photographs();
  const samples = await sharp(photograph?.file)
    .resize(width, height)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer();
  const picture = await sharp(samples, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { samples, picture };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error("test:frameworks:", error);
    process.exitCode = 2;
  },
);
