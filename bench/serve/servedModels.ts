import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { inputHash, type LoadedModule, loadModule } from "../../containers/forecast/loadedModule";
import { unpackModel } from "../../containers/forecast/modelArchive";
import { SERIES_HEADER } from "../../containers/forecast/seriesFile";
import { trainCustomer } from "../../containers/forecast/trainCustomer";
import { FleetEnvironment } from "../../contracts/fleetContainer";
import { type SeedRow, seedDataset } from "../../contracts/seedDataset";
import { MULTI_MODEL_FOLDER, SINGLE_MODEL_FOLDER } from "../../contracts/servingContainer";

/** The module with the constant forecast that the peers serve too. */
export const TRIVIAL_MODULE = path.join(__dirname, "trivialModule.js");

/** Name of the trivial model. */
export const TRIVIAL_MODEL = "trivial";

const SEED = 60_730;
const POINTS = 730;

/** Where SageMaker would unpack a model's archive, below a root. */
export function modelFolder(root: string, name: string): string {
  return path.join(root, MULTI_MODEL_FOLDER, name, SINGLE_MODEL_FOLDER);
}

/** Writes the trivial model. */
export async function writeTrivialModel(root: string): Promise<void> {
  const module = loadModule({ [FleetEnvironment.ModelModule]: TRIVIAL_MODULE });
  for (const { customer, text } of series(1)) await writeModel(root, TRIVIAL_MODEL, module, customer, text);
}

/**
 * Trains forecasts of two years of readings, each of another customer, with the container's own code.
 * @returns their names
 */
export async function writeForecasts(root: string, customers: number): Promise<string[]> {
  const names: string[] = [];
  for (const { customer, text } of series(customers)) {
    const name = `forecast-${names.length}`;
    names.push(name);
    await writeModel(root, name, loadModule({}), customer, text);
  }
  return names;
}

async function writeModel(root: string, name: string, module: LoadedModule, customer: string, text: string) {
  const { archive, result } = trainCustomer({ customer, inputHash: inputHash(module, text), text }, module, false);
  if (archive === undefined) throw new Error(`Customer ${customer} in quarantine: ${JSON.stringify(result)}`);
  const folder = modelFolder(root, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "model.json"), JSON.stringify(unpackModel(archive)));
}

/** One CSV for each customer, as the split leaves them. */
function* series(customers: number): Generator<{ readonly customer: string; readonly text: string }> {
  let rows: SeedRow[] = [];
  for (const row of seedDataset({ customers, points: POINTS, seed: SEED })) {
    rows.push(row);
    if (rows.length < POINTS) continue;
    const lines = rows.map(({ time, consumption }) => `${time.toISOString().slice(0, 19)},${consumption}\n`);
    yield { customer: String(row.customer), text: SERIES_HEADER + lines.join("") };
    rows = [];
  }
}
