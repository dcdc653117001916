import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { seedDataset } from "../../contracts/seedDataset";

/** The seed's data set as one CSV. */
export function seedCsv(customers: number, points: number): string {
  const lines = ["customer_id,timestamp,consumption"];
  for (const { customer, time, consumption } of seedDataset({ customers, points, seed: 4 })) {
    lines.push(`${customer},${time.toISOString().slice(0, 19)},${consumption}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Writes `dataset.csv` where the container's split reads it, piece by piece. */
export async function writeDataset(
  root: string,
  fill: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const data = path.join(root, "processing", "input", "data");
  await mkdir(data, { recursive: true });
  const file = createWriteStream(path.join(data, "dataset.csv"));
  await fill(async (text) => {
    if (!file.write(text)) await once(file, "drain");
  });
  file.end();
  await finished(file);
}
