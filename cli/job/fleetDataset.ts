import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { S3Location } from "../../contracts/s3Location";
import { seedDataset } from "../../contracts/seedDataset";

/** The dataset of the main job: the original post's, with as many customers, and a reading every third day. */
const SEED_DATASET = { customers: 1000, points: 365, seed: 2023 };

/**
 * Checks that a user's own dataset is there, before anything starts.
 * @throws CannotRunError NoData
 */
export async function checkDataset(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile())
    throw new CannotRunError("NoData", `--data: ${file} is no file; allowed: a CSV file, or a .csv.gz`);
  if (!/\.csv(\.gz)?$/i.test(file))
    throw new CannotRunError("NoData", `--data: ${file}; allowed: a name that ends with .csv or .csv.gz`);
}

/** Puts the dataset where the fleet reads it: a user's own file, or the seed's. */
export async function uploadDataset(client: S3Client, place: S3Location, file: string | undefined): Promise<void> {
  const Key = `${place.prefix}${file?.toLowerCase().endsWith(".gz") ? "dataset.csv.gz" : "dataset.csv"}`;
  const Body = file === undefined ? seedCsv() : createReadStream(file);
  const ContentLength = file === undefined ? undefined : (await stat(file)).size;
  await client.send(new PutObjectCommand({ Bucket: place.bucket, Key, Body, ContentLength }));
}

function seedCsv(): Buffer {
  const lines = ["customer_id,timestamp,consumption"];
  for (const { customer, time, consumption } of seedDataset(SEED_DATASET)) {
    lines.push(`${customer},${time.toISOString().slice(0, 19)},${consumption}`);
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}
