import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CannotRunError } from "../../contracts/cannotRunError";
import type { S3Location } from "../../contracts/s3Location";
import { HELD_BACK_FROM, SEED_DATASET, type SeedRow, seedDataset } from "../../contracts/seedDataset";

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

/** Each customer's readings of the seed's dataset, those that the fleet was shown and those that were held back, in order of time. */
export function seedHistories(): ReadonlyMap<string, SeedHistory> {
  const histories = new Map<string, { shown: SeedRow[]; heldBack: SeedRow[] }>();
  for (const row of seedDataset(SEED_DATASET)) {
    let history = histories.get(row.customer);
    if (history === undefined) {
      history = { shown: [], heldBack: [] };
      histories.set(row.customer, history);
    }
    (row.time < HELD_BACK_FROM ? history.shown : history.heldBack).push(row);
  }
  for (const { shown, heldBack } of histories.values()) {
    shown.sort((a, b) => a.time.getTime() - b.time.getTime());
    heldBack.sort((a, b) => a.time.getTime() - b.time.getTime());
  }
  return histories;
}

/** A customer's readings. */
export interface SeedHistory {
  readonly shown: readonly SeedRow[];
  readonly heldBack: readonly SeedRow[];
}

function seedCsv(): Buffer {
  const lines = ["customer_id,timestamp,consumption"];
  for (const { customer, time, consumption } of seedDataset(SEED_DATASET)) {
    if (time >= HELD_BACK_FROM) continue;
    lines.push(`${customer},${time.toISOString().slice(0, 19)},${consumption}`);
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}
