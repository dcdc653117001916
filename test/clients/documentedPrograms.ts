import { execFile } from "node:child_process";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { LocalManifest } from "../../contracts/localManifest";
import { type CodeBlock, codeBlocks, pages } from "../docs/markdown";
import { type Reading, reading } from "./reading";

const run = promisify(execFile);

const ROOT = path.resolve(__dirname, "../..");

/** Customer that the pages speak of, who has a model in the plane's fleet; and their picture. */
const CUSTOMER = "42";
const PICTURE = "train/cat.jpg";

/** Milliseconds for the picture to be derived. */
const DERIVED_MS = 30_000;

/** Pages whose Python is not run here, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "docs/classifier.md": "npm run test:frameworks runs it",
  "docs/component-package.md": "npm run test:engine runs it",
};

/** What the pages' snippets take for granted. PyTorch has a stand-in that loads one batch. */
const PREAMBLE = `
import json, os, types
import boto3
def DataLoader(dataset, batch_size, num_workers, collate_fn):
    return collate_fn(dataset.__getitems__(range(min(batch_size, len(dataset)))))
torch = types.SimpleNamespace(utils=types.SimpleNamespace(data=types.SimpleNamespace(DataLoader=DataLoader)))
runtime, body = boto3.client("sagemaker-runtime"), b'{"period": 7}'
globals().update(json.loads(os.environ["FRUGAL_ML_TOLD"]))
`;

const Forecast = z.object({ timestamps: z.array(z.string()).length(7) });

/**
 * Programs that readers are given, as they are printed, against a plane that serves: the Python of the pages, the example's
 * consumer, and the commands with which the AWS CLI reads the plane.
 * @param folder the plane's, with `out/local.json`
 * @param picture file of a photograph
 */
export async function documentedReadings(
  programs: string,
  manifest: LocalManifest,
  folder: string,
  picture: string,
): Promise<readonly Reading[]> {
  const told = await toldOf(manifest, picture);
  const env = environment(programs, manifest, told);
  const python = (file: string, ...args: readonly string[]) =>
    run(path.join(programs, "python"), [file, ...args], { cwd: folder, env });
  const blocks = pages().flatMap((page) => codeBlocks(page).filter(({ language }) => language === "python"));
  const readings: Reading[] = [];
  for (const { page, line, code } of blocks) {
    const why = ELSEWHERE[page];
    if (why !== undefined) console.log(`NOT run: ${page}:${line}: ${why}`);
    else
      readings.push(
        await reading(`${page}:${line}, as it is printed`, async () => {
          const file = path.join(folder, "snippet.py");
          await writeFile(file, `${PREAMBLE}${code}`);
          await python(file);
          return "";
        }),
      );
  }
  const consumed = await reading("examples/python-consumer/consume.py", async () => {
    const outputs = path.join(folder, "outputs.json");
    const { url, pointers_uri: pointers, endpoint: endpointName } = told;
    await writeFile(outputs, JSON.stringify({ url, pointers, endpointName }));
    const { stdout } = await python(path.join(ROOT, "examples/python-consumer/consume.py"), outputs, CUSTOMER, "7");
    const lines = stdout.trim().split("\n");
    Forecast.parse(JSON.parse(lines.pop() ?? ""));
    if (lines.length !== 3 || !lines.every((line) => /^\S+: \d+ bytes of image\/jpeg$/.test(line)))
      throw new Error(stdout);
    return `${lines.length} pictures, 7 days`;
  });
  return [...readings, consumed, await commandReading(folder, env, manifest, picture)];
}

/** The commands of docs/local.md, in a shell. */
async function commandReading(
  folder: string,
  env: NodeJS.ProcessEnv,
  { endpoint }: LocalManifest,
  picture: string,
): Promise<Reading> {
  const page = "docs/local.md";
  const block = codeBlocks(page).find(({ code }) => code.includes("aws s3api get-object"));
  return reading(`${page}: the AWS CLI, as it is printed`, async () => {
    const { code } = block ?? ({ code: "exit 1" } satisfies Partial<CodeBlock>);
    await copyFile(picture, path.join(folder, "photo.jpg"));
    const here = code.replace("http://127.0.0.1:4566", endpoint);
    const { stdout } = await run("sh", ["-euc", here], { cwd: folder, env });
    return /"ContentType": "image\/jpeg"/.test(stdout) ? "" : Promise.reject(new Error(stdout));
  });
}

/** Puts the pages' picture among the originals. @returns what a reader was told of the plane */
async function toldOf(manifest: LocalManifest, picture: string) {
  const [fleet] = manifest.fleets;
  const endpoint = manifest.endpoints.find(({ modelDataUrl = "" }) => modelDataUrl.startsWith(fleet?.fleetUri ?? "-"));
  const at = (delivery: string) => manifest.accessPoints.find((point) => point.delivery === delivery);
  const derived = at("materialized");
  const client = new S3Client({
    endpoint: manifest.endpoint,
    region: manifest.region,
    forcePathStyle: true,
    credentials: { accessKeyId: manifest.accessKeyId, secretAccessKey: manifest.secretAccessKey },
  });
  try {
    const original = { Bucket: derived?.bucket, Key: PICTURE, Body: await readFile(picture) };
    await client.send(new PutObjectCommand(original));
    await derivedPicture(client, { Bucket: derived?.alias, Key: `${derived?.prefix}${PICTURE}` });
  } finally {
    client.destroy();
  }
  return {
    url: at("function-url")?.url,
    alias: at("object-lambda")?.alias,
    derived_bucket: derived?.alias,
    derived_prefix: derived?.prefix,
    keys: [PICTURE],
    pointers_uri: `${fleet?.fleetUri}pointers/`,
    endpoint: endpoint?.name,
    endpoint_name: endpoint?.name,
  };
}

async function derivedPicture(client: S3Client, target: { readonly Bucket: string | undefined; readonly Key: string }) {
  const deadline = Date.now() + DERIVED_MS;
  for (;;) {
    try {
      await client.send(new HeadObjectCommand(target));
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function environment(programs: string, manifest: LocalManifest, told: object): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(kept),
    PATH: `${programs}${path.delimiter}${process.env["PATH"] ?? ""}`,
    PYTHONPATH: path.join(ROOT, "clients", "python"),
    FRUGAL_ML_TOLD: JSON.stringify(told),
    AWS_ENDPOINT_URL: manifest.endpoint,
    AWS_REGION: manifest.region,
    AWS_DEFAULT_REGION: manifest.region,
    AWS_ACCESS_KEY_ID: manifest.accessKeyId,
    AWS_SECRET_ACCESS_KEY: manifest.secretAccessKey,
  };
}
