import { readFile } from "node:fs/promises";
import path from "node:path";
import { LATEST_OBJECT } from "../../contracts/fleetLayout";
import { CustomerStatus, type FleetManifest, type QuarantineReason } from "../../contracts/fleetManifest";
import { parseManifest } from "../../fleet/manifestFile";

/** What the last complete version says of a customer. */
export interface KnownCustomer {
  readonly inputHash: string | undefined;
  /** Whether a model was made of exactly this input. */
  readonly kept: boolean;
  readonly reason?: QuarantineReason | undefined;
  readonly detail?: string | undefined;
}

/** The manifest of the last complete version, from the folder of the state; undefined before the first. */
export async function readLatestManifest(folder: string): Promise<FleetManifest | undefined> {
  const text = await readFile(path.join(folder, LATEST_OBJECT), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseManifest(text);
}

/** Customers of the last complete version, by id; empty before the first. */
export async function readLatest(folder: string): Promise<ReadonlyMap<string, KnownCustomer>> {
  const customers = (await readLatestManifest(folder))?.customers ?? [];
  return new Map(
    customers.map(({ customer, status, inputHash, reason, detail }) => {
      const kept = status === CustomerStatus.Fitted || status === CustomerStatus.Kept;
      // Who was gone and comes back is fitted anew.
      const hash = status === CustomerStatus.Absent ? undefined : inputHash;
      return [customer, { inputHash: hash, kept, reason, detail }];
    }),
  );
}
