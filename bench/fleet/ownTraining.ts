import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inputHash, loadModule } from "../../containers/forecast/loadedModule";
import { trainCustomer } from "../../containers/forecast/trainCustomer";

const MODULE = loadModule({});

/**
 * Trains customers as the container does, from their CSV to the archive that is renamed in.
 * @param backtest also tests each on what it holds back, which is another fit, and which no peer does
 * @returns CPU milliseconds per customer, those of the collector included
 */
export function trainOwn(folder: string, customers: number, backtest: boolean): number {
  const before = process.cpuUsage();
  for (let number = 0; number < customers; number++) {
    const customer = String(number);
    const text = readFileSync(path.join(folder, `${customer}.csv`));
    const hash = inputHash(MODULE, text);
    const { archive, result } = trainCustomer({ customer, inputHash: hash, text }, MODULE, backtest);
    if (archive === undefined) throw new Error(`Customer ${customer} in quarantine: ${result.reason} ${result.detail}`);
    const file = path.join(folder, `${customer}.tar.gz`);
    writeFileSync(`${file}.part`, archive);
    renameSync(`${file}.part`, file);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / customers;
}
