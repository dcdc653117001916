import path from "node:path";
import type { TrainingResult } from "../../contracts/fleetManifest";
import { decodeCustomer } from "../../contracts/modelKeys";
import type { Checkpoints } from "./checkpoints";
import { FileBytes } from "./fileBytes";
import { inputHash, type LoadedModule } from "./loadedModule";
import { trainCustomer } from "./trainCustomer";

/** What training some files needs. */
export interface TrainingContext {
  /** Folder of the channel. */
  readonly series: string;
  readonly module: LoadedModule;
  readonly checkpoints: Checkpoints;
  /** Results of earlier attempts, by encoded customer. */
  readonly earlier: ReadonlyMap<string, TrainingResult>;
}

const fileBytes = new FileBytes();

/**
 * Trains the customers of some files, one after the other; whoever was done for the same input is left as it is.
 * @param files names in the channel
 * @returns their results, and how many were done before
 */
export function trainFiles(
  files: readonly string[],
  { series, module, checkpoints, earlier }: TrainingContext,
): { readonly results: readonly TrainingResult[]; readonly skipped: number } {
  const results: TrainingResult[] = [];
  let skipped = 0;
  for (const file of files) {
    const name = path.basename(file, ".csv");
    const customer = decodeCustomer(name);
    const csv = fileBytes.read(path.join(series, file));
    const hash = inputHash(module, csv);
    const before = earlier.get(name);
    if (before?.inputHash === hash && (before.status === "quarantined" || checkpoints.has(name))) {
      skipped++;
      continue;
    }
    // The archive may have been kept by an attempt that did not live to log it.
    const model = before === undefined ? checkpoints.earlierModel(name) : undefined;
    if (model?.inputHash === hash) {
      const { points, backtest } = model;
      results.push({ customer, inputHash: hash, status: "fitted", points, ...(backtest && { backtest }) });
      skipped++;
      continue;
    }
    const { result, archive } = trainCustomer({ customer, inputHash: hash, text: csv }, module);
    if (archive === undefined) checkpoints.drop(name);
    else checkpoints.keep(name, archive);
    results.push(result);
  }
  return { results, skipped };
}
