import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  FleetEnvironment,
  NOTHING_CHANGED_FILE,
  PLAN_FILE,
  PLAN_SUMMARY_FILE,
  ProcessingFolder,
} from "../../contracts/fleetContainer";
import { PlanAction, type PlannedCustomer, type PlanSummary, QuarantineReason } from "../../contracts/fleetManifest";
import { encodeCustomer } from "../../contracts/modelKeys";
import { ContainerFailure } from "./containerFailure";
import { containerLog } from "./containerLog";
import { containerPath } from "./containerRoot";
import { CustomerGroups } from "./customerGroups";
import { type DatasetFile, datasetFiles, type RowHandler, readDataset } from "./datasetFiles";
import { type KnownCustomer, readLatest } from "./latestVersion";
import { inputHash, type LoadedModule, loadModule } from "./loadedModule";
import { SERIES_HEADER } from "./seriesFile";

/** Lines of the plan that are written at once. */
const LINES_AT_ONCE = 1000;

/**
 * The command `split`: writes one CSV for each customer whose data changed since the last complete version, and a plan
 * of what becomes of everybody. Rows of a customer are sorted as text, so that their order in the dataset changes nothing.
 * @throws ContainerFailure when the dataset cannot be read
 */
export async function split(environment: NodeJS.ProcessEnv): Promise<PlanSummary> {
  const at = (folder: string): string => containerPath(environment, folder);
  const module = loadModule(environment);
  const known = await readLatest(at(ProcessingFolder.State));
  const files = await datasetFiles(at(ProcessingFolder.Data));
  const [series, plan] = [at(ProcessingFolder.Series), at(ProcessingFolder.Plan)];
  for (const folder of [series, plan]) {
    // What an interrupted run left would count as this one's.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const groups = new CustomerGroups(files.reduce((sum, { bytes }) => sum + bytes, 0));
  const counts = { customers: 0, fit: 0, keep: 0, quarantine: 0, rows: 0, lostRows: 0 };
  try {
    await readAll(files, (customer, line) => {
      counts.rows++;
      if (customer === "") counts.lostRows++;
      else groups.add(customer, line);
    });
    const planFile = path.join(plan, PLAN_FILE);
    let lines: string[] = [];
    const flush = (): void => {
      appendFileSync(planFile, lines.join(""));
      lines = [];
    };
    groups.drain((customer, rows) => {
      const planned = planCustomer(customer, rows, { module, known, series });
      counts.customers++;
      counts[planned.action]++;
      lines.push(`${JSON.stringify(planned)}\n`);
      // At once and not through a stream: nothing is written by a stream while groups are handed out.
      if (lines.length >= LINES_AT_ONCE) flush();
    });
    flush();
  } finally {
    groups.close();
  }
  if (counts.fit === 0) writeFileSync(path.join(series, NOTHING_CHANGED_FILE), "");
  const instances = Number(environment[FleetEnvironment.Instances] ?? 1);
  const summary = { ...counts, instances, idleInstances: Math.max(0, instances - counts.fit) };
  writeFileSync(path.join(plan, PLAN_SUMMARY_FILE), `${JSON.stringify(summary, null, 2)}\n`);
  containerLog("info", "split", summary);
  if (summary.lostRows > 0) containerLog("warn", `${summary.lostRows} rows name no customer`);
  if (summary.idleInstances > 0) {
    const text = `${summary.idleInstances} of ${instances} training instances will have no customer, and are billed`;
    containerLog("warn", text);
  }
  return summary;
}

/** Reads every file, so that all that cannot be read are named at once. */
async function readAll(files: readonly DatasetFile[], row: RowHandler): Promise<void> {
  const failures: ContainerFailure[] = [];
  for (const file of files) {
    try {
      await readDataset(file.path, row);
    } catch (error) {
      if (!(error instanceof ContainerFailure)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const message = failures.map((failure) => failure.message).join("; ");
  throw new ContainerFailure(first.code, `${failures.length} files: ${message}`, { cause: first });
}

interface PlanContext {
  readonly module: LoadedModule;
  readonly known: ReadonlyMap<string, KnownCustomer>;
  /** Folder of the series. */
  readonly series: string;
}

/** Decides what becomes of a customer, and writes its CSV when it is to be fitted. */
function planCustomer(latin1: string, lines: string[], { module, known, series }: PlanContext): PlannedCustomer {
  const bytes = Buffer.from(latin1, "latin1");
  const customer = bytes.toString("utf8");
  const rows = lines.length;
  let name: string;
  try {
    // Bytes that are no UTF-8 would all read as the same sign.
    if (!bytes.equals(Buffer.from(customer, "utf8"))) throw new Error("the id is not UTF-8");
    name = encodeCustomer(customer);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { customer, action: PlanAction.Quarantine, rows, reason: QuarantineReason.BadId, detail };
  }
  const text = `${SERIES_HEADER}${lines.sort().join("\n")}\n`;
  const hash = inputHash(module, text);
  const before = known.get(customer);
  if (before?.inputHash === hash) {
    if (before.kept) return { customer, action: PlanAction.Keep, inputHash: hash, rows };
    const { reason, detail } = before;
    return {
      customer,
      action: PlanAction.Quarantine,
      inputHash: hash,
      rows,
      ...(reason && { reason }),
      ...(detail && { detail }),
    };
  }
  writeFileSync(path.join(series, `${name}.csv`), text, "latin1");
  return { customer, action: PlanAction.Fit, inputHash: hash, rows };
}
