import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Artifact } from "./classifySettings";
import { ClassifyError } from "./errors";

/** Milliseconds after which a fetch is given up: an instance may be frozen in the midst of one. */
const FETCH_MS = 120_000;

/**
 * Fetches an object to a folder, unless it is there, and checks its bytes. The file has its name only once it is whole
 * and right, so that a fetch that breaks off leaves nothing that could be taken for it.
 * @returns path of the file
 * @throws ClassifyError ModelUnavailable or ModelMismatch
 */
export async function fetchArtifact(client: S3Client, artifact: Artifact, folder: string): Promise<string> {
  const { bucket, key, sha256 } = artifact;
  const target = path.join(folder, sha256);
  if ((await sha256OfFile(target)) === sha256) return target;
  const partial = `${target}.${randomUUID()}.partial`;
  try {
    await mkdir(folder, { recursive: true });
    const abortSignal = AbortSignal.timeout(FETCH_MS);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
    if (Body === undefined) throw new Error("the store answered without a body");
    const digest = createHash("sha256");
    const hashed = new Transform({
      transform(chunk: Buffer, _, done) {
        digest.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(Body.transformToWebStream(), hashed, createWriteStream(partial), { signal: abortSignal });
    const given = digest.digest("hex");
    if (given !== sha256) {
      const cause = new Error(`s3://${bucket}/${key} has the SHA-256 ${given}; asked for: ${sha256}`);
      throw new ClassifyError("ModelMismatch", undefined, { cause });
    }
    await rename(partial, target);
    return target;
  } catch (cause) {
    await rm(partial, { force: true });
    throw cause instanceof ClassifyError ? cause : new ClassifyError("ModelUnavailable", undefined, { cause });
  }
}

/** Undefined when there is no such file. */
async function sha256OfFile(file: string): Promise<string | undefined> {
  const digest = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return digest.digest("hex");
}
