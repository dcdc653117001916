import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import * as z from "zod";
import { fetchLockedPackage } from "../../build/lockedPackage";
import { isAarch64 } from "../../cli/bundle/nativeFile";
import { type Photograph, photographs } from "../../cli/job/photographs";
import { MAX_GOLDEN_DIFFERENCE, meanDifference, verifyAnswers } from "../../cli/job/verifyAnswers";
import { nodePath } from "../../cli/local/lambda/nodePath";
import { FunctionError } from "../../cli/local/lambda/runtimeApi";
import { unpackFunction } from "../../cli/local/lambda/unpack";
import { CannotRunError } from "../../contracts/cannotRunError";
import { CLASSIFY_ARCHIVE } from "../../contracts/classifyEnvironment";
import { NormalizeEnvironment } from "../../contracts/normalizeEnvironment";
import { DEFAULT_TRANSFORMATION } from "../../contracts/transformation";
import { classifyDigits, type StartClassifier } from "./classifyDigits";
import { nativeEntries } from "./elf";
import { arm64Host } from "./emulator";
import { FunctionProcess } from "./functionProcess";
import { goldenPixels, goldenSources } from "./goldenPixels";
import { LoopbackStore } from "./loopbackStore";
import { nativeModule } from "./nativeModule";

/**
 * Runs the packed functions themselves, with everything that is in their archives, on arm64, and compares pictures with
 * OpenCV's goldens, and pictures and scores with what this machine's own processor makes of the same archives.
 * Exit code: 0 as it must be, 1 a picture or the archive is wrong, 2 could not run.
 */

const ROOT = path.resolve(__dirname, "../..");
const ARCHIVE = path.join(ROOT, "dist", "functions", "normalize.zip");
const CLASSIFIER = path.join(ROOT, CLASSIFY_ARCHIVE);
const BOOTSTRAP = path.join(ROOT, "dist", "cli", "local", "lambda", "bootstrap.js");

const NodePackage = z.object({ name: z.string(), version: z.string(), integrity: z.string() });

/** One photograph and its original bytes. */
interface Original extends Photograph {
  readonly bytes: Buffer;
}

async function main(): Promise<number> {
  build();
  const host = await arm64Host();
  const node = await arm64Node();
  console.log(`arm64 by ${host.description}; Node ${node.version} of npm package ${node.name}`);
  const failures: string[] = [];
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-arm64-"));
  try {
    const arm64Root = path.join(folder, "arm64");
    const hostRoot = path.join(folder, "host");
    failures.push(...(await unpackAll(ARCHIVE, arm64Root)));
    await unpackFunction(ARCHIVE, hostRoot);
    const originals = await Promise.all(
      (await photographs()).map(async (picture) => ({ ...picture, bytes: await readFile(picture.file) })),
    );
    const store = await LoopbackStore.start(
      new Map([...originals.map(({ key, bytes }) => [key, bytes] as const), ...goldenSources()]),
    );
    const start = (command: readonly string[], taskRoot: string, environment: Readonly<Record<string, string>>) =>
      FunctionProcess.start({
        command,
        bootstrap: BOOTSTRAP,
        taskRoot,
        environment: { ...functionEnvironment(store.port), ...environment },
      });
    const arm64 = await start([...host.command, node.program], arm64Root, host.environment);
    const own = await start([process.execPath], hostRoot, { NODE_PATH: nodePath(ROOT) });
    try {
      for (const original of originals) failures.push(...(await compare(original, arm64, own)));
      failures.push(...(await throughObjectLambda(originals, arm64, store)));
      failures.push(...(await goldenPixels(arm64, store)));
      const [original] = originals;
      if (original === undefined) throw new CannotRunError("NoPhotograph", "there is no photograph");
      failures.push(
        ...(await nativeModule({
          folder: path.join(ROOT, ".build", "native-module"),
          unpack: unpackAll,
          start: (taskRoot, environment) =>
            start([...host.command, node.program], taskRoot, { ...host.environment, ...environment }),
          original,
        })),
      );
    } finally {
      await Promise.all([arm64.stop(), own.stop(), store.stop()]);
    }
    failures.push(...(await classifier(folder, [...host.command, node.program], host.environment)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const failure of failures) console.error(`FAILED ${failure}`);
  console.log(failures.length === 0 ? "ok: the archives run on arm64" : `${failures.length} failures`);
  return failures.length === 0 ? 0 : 1;
}

/**
 * Hides what Linux tells of its processors, as Lambda does on Graviton: releases of ONNX Runtime died of that
 * (github.com/microsoft/onnxruntime/issues/10038). Under emulation they would be told of the host's, and take them for theirs.
 */
const WITHOUT_CPU_FOLDER = [
  ...["unshare", "--mount", "sh", "-c"],
  'mount -t tmpfs none /sys/devices/system/cpu && exec "$@"',
  "sh",
];

/** The function that classifies, on both processors. */
async function classifier(
  folder: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const roots = { arm64: path.join(folder, "classify-arm64"), own: path.join(folder, "classify-host") };
  if (process.getuid?.() !== 0) {
    throw new CannotRunError("NoNamespace", "as Lambda shows its processors, the classifier is run by root only");
  }
  const failures = await unpackAll(CLASSIFIER, roots.arm64);
  await unpackFunction(CLASSIFIER, roots.own);
  const starts =
    (command: readonly string[], taskRoot: string, own: Readonly<Record<string, string>>): StartClassifier =>
    (options) =>
      FunctionProcess.start({
        ...options,
        command,
        bootstrap: BOOTSTRAP,
        taskRoot,
        environment: { ...options.environment, ...own, TMPDIR: taskRoot },
      });
  const own = starts([process.execPath], roots.own, { NODE_PATH: nodePath(ROOT) });
  return [
    ...failures,
    ...(await classifyDigits(starts([...WITHOUT_CPU_FOLDER, ...command], roots.arm64, environment), own)),
  ];
}

/** Brings archive and bootstrap up to date; both are left alone when nothing changed. */
function build(): void {
  execFileSync(process.execPath, ["--import", "tsx", path.join(ROOT, "build", "main.ts"), "--functions"], {
    cwd: ROOT,
    stdio: "inherit",
  });
}

/** Node for arm64, by npm, verified against the pinned integrity and cached. */
async function arm64Node(): Promise<{ name: string; version: string; program: string }> {
  const pinned = NodePackage.parse(JSON.parse(await readFile(path.join(__dirname, "nodePackage.json"), "utf8")));
  try {
    const folder = await fetchLockedPackage({ ...pinned, dependencies: [] }, path.join(ROOT, ".build", "packages"));
    return { ...pinned, program: path.join(folder, "bin", "node") };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("NoNode", `${pinned.name}@${pinned.version} cannot be fetched: ${reason}`, { cause });
  }
}

/** Unpacks the archive whole, as Lambda does, and looks at each piece of native code. */
async function unpackAll(archive: string, folder: string): Promise<readonly string[]> {
  const entries = unzipSync(await readFile(archive));
  const natives = nativeEntries(Object.keys(entries));
  const foreign = natives.filter((name) => !isAarch64(entries[name] ?? new Uint8Array()));
  for (const [name, bytes] of Object.entries(entries)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  console.log(
    `${natives.length} native files in ${path.basename(archive)}, ${natives.length - foreign.length} of them ELF aarch64`,
  );
  if (natives.length === 0) return [`${path.basename(archive)} has no native code, so sharp's is missing`];
  return foreign.map((name) => `${name} is not ELF for aarch64`);
}

function functionEnvironment(port: number): Record<string, string> {
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "only-for-this-loopback-source",
    AWS_ENDPOINT_URL_S3: `http://localhost:${port}`,
    AWS_EC2_METADATA_DISABLED: "true",
    [NormalizeEnvironment.Source]: "originals-s3alias",
  };
}

/** One photograph through the function URL's event on both processors. */
async function compare(original: Original, arm64: FunctionProcess, own: FunctionProcess): Promise<readonly string[]> {
  const { key, golden } = original;
  const event = { rawPath: `/${encodeURIComponent(key)}`, requestContext: { http: { method: "GET" } } };
  const started = performance.now();
  const answer = await arm64.http(event);
  const seconds = (performance.now() - started) / 1000;
  if (answer.metadata.statusCode !== 200) return [`${key}: ${answer.metadata.statusCode} ${answer.body.toString()}`];
  const failures = await verifyAnswers(
    original,
    [{ delivery: "function-url on arm64", bytes: answer.body }],
    DEFAULT_TRANSFORMATION,
  );
  const expected = await own.http(event);
  const difference = golden === undefined ? Number.NaN : await meanDifference(answer.body, await readFile(golden));
  const same = answer.body.equals(expected.body);
  const toHost = same ? "0 (same bytes)" : (await meanDifference(answer.body, expected.body)).toFixed(3);
  console.log(
    `${key.padEnd(28)} ${seconds.toFixed(2).padStart(6)} s  to OpenCV ${difference.toFixed(2)} (allowed ${MAX_GOLDEN_DIFFERENCE.toFixed(1)})  to ${process.arch} ${toHost}`,
  );
  return failures;
}

/** One photograph through the Object Lambda event, whose answer is a request of the AWS SDK inside the archive. */
async function throughObjectLambda(
  originals: readonly Original[],
  arm64: FunctionProcess,
  store: LoopbackStore,
): Promise<readonly string[]> {
  const [original] = originals;
  if (original === undefined) return ["there is no photograph"];
  const started = performance.now();
  const url = `http://127.0.0.1:${store.port}/${original.key}`;
  await arm64.text({
    getObjectContext: { inputS3Url: url, outputRoute: "io-arm64", outputToken: "token" },
    configuration: { payload: "" },
    userRequest: { url, headers: {} },
  });
  const seconds = (performance.now() - started) / 1000;
  const written = store.written("io-arm64");
  if (written?.status !== "200") return [`${original.key} through object-lambda: ${written?.status ?? "not answered"}`];
  console.log(`${original.key.padEnd(28)} ${seconds.toFixed(2).padStart(6)} s  through WriteGetObjectResponse`);
  const answers = [{ delivery: "object-lambda on arm64", bytes: written.body }];
  return verifyAnswers(original, answers, DEFAULT_TRANSFORMATION);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isFailure = error instanceof FunctionError;
    const message = isFailure || error instanceof CannotRunError ? error.message : error;
    console.error("test:arm64:", message);
    process.exitCode = isFailure ? 1 : 2;
  },
);
