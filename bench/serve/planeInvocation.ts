import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { captureGraph } from "../../cli/graph/captureGraph";
import { planeS3Client } from "../../cli/job/deliveryReader";
import { LocalEndpoint } from "../../cli/local/hosting/localEndpoint";
import type { LocalPlane } from "../../cli/local/localPlane";
import { Sha256 } from "../../cli/local/s3/sha256";
import { MODEL_FILE, packModel, readModelDocument } from "../../containers/forecast/modelArchive";
import { QUESTION } from "./answer";
import type { WireRequest } from "./httpRequest";

const ROOT = path.resolve(__dirname, "../..");
const START_MS = 60_000;

/**
 * Starts the stack `local`, puts a model among those of its endpoint, and waits until the endpoint is in service.
 * @param folder of the model
 * @returns a signed invocation of the model, which is not loaded yet; AWS takes a signature for some minutes
 */
export async function planeInvocation(plane: LocalPlane, folder: string): Promise<WireRequest> {
  await plane.start(await captureGraph({ program: ROOT, stack: "local", mode: "resolved", provider: plane.provider }));
  const containerOf = (endpoint: LocalEndpoint | undefined) => endpoint?.variants[0]?.settings.model.containers[0];
  const endpoint = plane.all(LocalEndpoint).find((one) => containerOf(one)?.mode === "MultiModel");
  const location = containerOf(endpoint)?.modelData;
  if (endpoint === undefined || location === undefined) throw new Error("The stack local has no multi-model endpoint.");
  const target = "bench-serve.tar.gz";
  const document = readModelDocument(JSON.parse(await readFile(path.join(folder, MODEL_FILE), "utf8")));
  const client = planeS3Client(plane.manifest());
  try {
    const Key = `${location.prefix}${target}`;
    await client.send(new PutObjectCommand({ Bucket: location.bucket, Key, Body: packModel(document) }));
  } finally {
    client.destroy();
  }
  for (const end = Date.now() + START_MS; endpoint.status !== "InService"; await sleep(100)) {
    if (Date.now() > end) throw new Error(`The endpoint of the stack local is ${endpoint.status}.`);
  }
  return signed(plane, `/endpoints/${endpoint.settings.name}/invocations`, target);
}

async function signed({ cloud, credentials }: LocalPlane, at: string, target: string): Promise<WireRequest> {
  const url = new URL(at, cloud.endpoint);
  const signer = new SignatureV4({ credentials, region: cloud.region, service: "sagemaker", sha256: Sha256 });
  const { headers } = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host, "content-type": "application/json", "x-amzn-sagemaker-target-model": target },
    body: QUESTION,
  });
  return { method: "POST", path: url.pathname, headers, body: QUESTION };
}
