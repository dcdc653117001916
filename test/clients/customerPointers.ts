import { execFile } from "node:child_process";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import * as fc from "fast-check";
import * as z from "zod";
import { encodeCustomer, pointerObjectKey, targetModel } from "../../contracts/modelKeys";
import { pointerText } from "../../fleet/pointers";
import { CREDENTIALS, REGION, startTestServer } from "../cli/local/s3/testServer";
import type { Reading } from "./reading";

const Line = z.object({ check: z.string(), ok: z.boolean(), detail: z.string() });

const BUCKET = "fleet";
const PREFIX = "forecast/pointers/";

/** Any text that a caller may have, some of it too long, and what is easily spelled in two ways. */
const IDS = [
  ...fc.sample(fc.string({ unit: "binary", maxLength: 60 }), 300),
  ...fc.sample(fc.string({ unit: "grapheme", maxLength: 40 }), 200),
  ...["_", "__2a", "*", "a/../b", "a b", "Zürich", "株式会社", "🦊", "x".repeat(200), "x".repeat(201), "\ud800"],
];

/** Resolves with the Python client what TypeScript has written, and compares how both spell ids. */
export async function customerPointerReadings(programs: string): Promise<readonly Reading[]> {
  const encodings = IDS.map((id) => [id, encoded(id)] as const);
  const customers = [...new Set(encodings.flatMap(([id, key]) => (key === null ? [] : [id])))].slice(0, 50);
  const targets = customers.map((customer) => [customer, targetModel({ version: "v1", customer })] as const);
  const server = await startTestServer();
  try {
    await server.store.createBucket(BUCKET);
    const client = server.client();
    const put = (customer: string, Body: string): Promise<unknown> =>
      client.send(new PutObjectCommand({ Bucket: BUCKET, Key: pointerObjectKey(PREFIX, customer), Body }));
    for (const [customer, target] of [...targets, ["moved", "v1/moved.tar.gz"] as const])
      await put(customer, pointerText(customer, target, false));
    await put("malformed", pointerText("other", "v1/other.tar.gz", false));
    const subject = {
      pointersUri: `s3://${BUCKET}/${PREFIX}`,
      encodings,
      targets: Object.fromEntries(targets),
      moved: "moved",
      malformed: "malformed",
    };
    const output = await python(programs, server.endpoint, JSON.stringify(subject));
    return output
      .trim()
      .split("\n")
      .map((line) => Line.parse(JSON.parse(line)));
  } finally {
    await server.close();
  }
}

function encoded(id: string): string | null {
  try {
    return encodeCustomer(id);
  } catch {
    return null;
  }
}

function python(programs: string, endpoint: string, input: string): Promise<string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const env = {
    ...Object.fromEntries(kept),
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
  };
  return new Promise((resolve, reject) => {
    const script = path.join(__dirname, "customerModels.py");
    const child = execFile(path.join(programs, "python"), [script], { env }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(input);
  });
}
