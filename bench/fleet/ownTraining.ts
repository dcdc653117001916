import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { FileBytes } from "../../containers/forecast/fileBytes";
import { inputHash, loadModule } from "../../containers/forecast/loadedModule";
import { trainCustomer } from "../../containers/forecast/trainCustomer";

const MODULE = loadModule({});

const fileBytes = new FileBytes();

/**
 * Trains customers as the container does, from their CSV to the archive that is renamed in.
 * @param archives folder that is not there yet: a container's is empty, and to replace a file costs more than to make one
 * @param backtest also tests each on what it holds back, which is another fit, and which no peer does
 * @returns CPU milliseconds per customer, those of the collector included
 */
export function trainOwn(folder: string, archives: string, customers: number, backtest: boolean): number {
  mkdirSync(archives);
  const before = process.cpuUsage();
  for (let number = 0; number < customers; number++) {
    const customer = String(number);
    const text = fileBytes.read(path.join(folder, `${customer}.csv`));
    const hash = inputHash(MODULE, text);
    const { archive, result } = trainCustomer({ customer, inputHash: hash, text }, MODULE, backtest);
    if (archive === undefined) throw new Error(`Customer ${customer} in quarantine: ${result.reason} ${result.detail}`);
    const aside = path.join(archives, `.${customer}.part`);
    writeFileSync(aside, archive);
    renameSync(aside, path.join(archives, `${customer}.tar.gz`));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / customers;
}
