import { mkdtemp, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { AssetReference, type GraphResource, reveal } from "../../../contracts/graph";
import { GraphInputs } from "../graphInputs";
import { physicalName } from "../identify";
import { LocalFunction } from "../lambda/localFunction";
import { missingPackages } from "../lambda/missingPackages";
import { nodePath } from "../lambda/nodePath";
import { unpackFunction } from "../lambda/unpack";
import type { LocalPlane } from "../localPlane";
import { LocalPlaneError } from "../localPlaneError";
import type { ResourceKind } from "../resourceKind";

/** Lambda's own defaults (docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html). */
const DEFAULTS = { memoryMb: 128, timeoutSeconds: 3 };

/** A Lambda function: its packed code in processes of this machine, with its own environment and nothing else. */
export const kind: ResourceKind = {
  types: ["aws:lambda/function:Function"],

  identify(registration, cloud) {
    const name = physicalName(registration, "name");
    const arn = `arn:${cloud.partition}:lambda:${cloud.region}:${cloud.accountId}:function:${name}`;
    const invokeArn = `arn:${cloud.partition}:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return { id: name, outputs: { name, arn, invokeArn, qualifiedArn: `${arn}:$LATEST`, version: "$LATEST" } };
  },

  async start(resource, plane) {
    const inputs = GraphInputs.of(resource);
    const runtime = inputs.text("runtime") ?? "";
    if (!runtime.startsWith("nodejs")) {
      throw new LocalPlaneError(
        "UnsupportedFunction",
        `runtime ${runtime || "of an image"} does not run here; nodejs does`,
      );
    }
    const { name, arn } = GraphInputs.ofOutputs(resource).pick("name", "arn");
    const reserved = inputs.number("reservedConcurrentExecutions");
    const service = new LocalFunction(
      {
        name,
        arn,
        taskRoot: await taskRoot(resource, plane),
        handler: inputs.text("handler") ?? "index.handler",
        memoryMb: inputs.number("memorySize") ?? DEFAULTS.memoryMb,
        timeoutSeconds: inputs.number("timeout") ?? DEFAULTS.timeoutSeconds,
        environment: { ...processEnvironment(plane), ...inputs.object("environment").object("variables").texts() },
        log: (line) => plane.log(name, line),
      },
      reserved === undefined || reserved < 0 ? availableParallelism() : reserved,
    );
    plane.register(service, name, arn);
  },
};

async function taskRoot(resource: GraphResource, plane: LocalPlane): Promise<string> {
  const code = reveal(resource.inputs["code"]);
  if (!(code instanceof AssetReference) || code.kind !== "archive" || typeof code.source !== "string") {
    throw new LocalPlaneError("UnsupportedFunction", `${resource.name}: code must be a file archive to run here`);
  }
  const entry = await stat(code.source).catch(() => undefined);
  if (entry === undefined) throw new LocalPlaneError("MissingCode", `${resource.name}: ${code.source} does not exist`);
  if (entry.isDirectory()) return code.source;
  const folder = await mkdtemp(path.join(plane.folder, "function-"));
  const missing = missingPackages(await unpackFunction(code.source, folder), nodePath(plane.options.program));
  if (missing.length > 0) {
    const names = missing.join(" ");
    throw new LocalPlaneError(
      "MissingPackage",
      `${resource.name} needs ${names} for this machine, and the function's archive has it for linux-arm64 alone: npm install --save-dev ${names}`,
    );
  }
  return folder;
}

/** What Lambda gives every function, with the plane in the cloud's place. The user's own environment stays out. */
function processEnvironment(plane: LocalPlane): Record<string, string> {
  const { port } = new URL(plane.cloud.endpoint);
  const system = process.env["SystemRoot"];
  return {
    AWS_REGION: plane.cloud.region,
    AWS_DEFAULT_REGION: plane.cloud.region,
    AWS_ACCESS_KEY_ID: plane.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: plane.credentials.secretAccessKey,
    // By name, because SDKs put the bucket or the route in front of it; the bootstrap resolves all of localhost.
    AWS_ENDPOINT_URL: `http://localhost:${port}`,
    AWS_ENDPOINT_URL_S3: `http://localhost:${port}`,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    LANG: "en_US.UTF-8",
    NODE_PATH: nodePath(plane.options.program),
    ...(system !== undefined && { SystemRoot: system }),
  };
}
