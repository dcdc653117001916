import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { LocalPlane } from "../../cli/local/localPlane";
import { addEndpoint, BUCKET, HostingPlane, PREFIX } from "../cli/local/hosting/hostingPlane";
import { type Reading, reading } from "./reading";

const Line = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });

/** A multi-model endpoint of a plane, invoked with boto3 and the AWS CLI as their users have them. */
export async function hostedModelReadings(programs: string): Promise<readonly Reading[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-hosted-"));
  const hosting = await HostingPlane.start((stack) => {
    addEndpoint(stack, "many", { mode: "MultiModel", modelDataUrl: `s3://${BUCKET}/${PREFIX}` });
  });
  try {
    await hosting.put("v1/a.tar.gz", { value: "a" });
    return [
      ...(await boto3Readings(programs, hosting.plane)),
      ...(await commandReadings(programs, hosting.plane, folder)),
    ];
  } finally {
    await hosting.stop();
    await rm(folder, { recursive: true });
  }
}

async function boto3Readings(programs: string, { cloud, credentials }: LocalPlane): Promise<readonly Reading[]> {
  const { endpoint, region } = cloud;
  const script = path.join(__dirname, "hosted_models.py");
  const running = promisify(execFile)(path.join(programs, "python"), [script]);
  running.child.stdin?.end(JSON.stringify({ endpoint, region, ...credentials }));
  const { stdout } = await running;
  return stdout
    .trim()
    .split("\n")
    .map((line) => Line.parse(JSON.parse(line)));
}

async function commandReadings(programs: string, plane: LocalPlane, folder: string): Promise<readonly Reading[]> {
  const invoke = async (target: string): Promise<{ readonly answer: string; readonly printed: string }> => {
    const out = path.join(folder, "answer.json");
    const { stdout } = await promisify(execFile)(
      path.join(programs, "aws"),
      [
        "sagemaker-runtime",
        "invoke-endpoint",
        "--endpoint-name",
        "many",
        "--target-model",
        target,
        "--body",
        "{}",
        out,
      ],
      { env: environment(plane, programs, folder) },
    );
    return { answer: await readFile(out, "utf8"), printed: stdout };
  };
  return [
    await reading("the AWS CLI invokes a model of many", async () => {
      const { answer, printed } = await invoke("v1/a.tar.gz");
      if (JSON.parse(answer).value !== "a" || !printed.includes('"InvokedProductionVariant": "main"')) {
        throw new Error(`${printed} ${answer}`);
      }
      return "";
    }),
    await reading("the AWS CLI shows that a model is missing", async () => {
      const said = await invoke("v1/none.tar.gz").then(
        () => "answered",
        (error: unknown) => String(error),
      );
      if (!/\(ValidationError\).*Failed to download model data/s.test(said)) throw new Error(said);
      return "";
    }),
  ];
}

function environment({ cloud, credentials }: LocalPlane, programs: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: `${programs}${path.delimiter}${process.env["PATH"] ?? ""}`,
    HOME: home,
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
