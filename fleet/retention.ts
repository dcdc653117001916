import { FleetFolder } from "../contracts/fleetLayout";
import { manifestObjectKey } from "../contracts/modelKeys";
import type { FleetStore } from "./fleetStore";

/** Bytes of a manifest that have what it says before its customers. */
const HEAD_BYTES = 2048;

/**
 * Removes the models of old versions, except those that are current or that a pin names. Manifests stay: they are small,
 * and they are the record of what was.
 * @param kept target models that stay, whatever their age
 * @param versions complete versions that stay whole, the newest
 * @returns how many models were removed
 */
export async function retireModels(
  store: FleetStore,
  root: string,
  kept: ReadonlySet<string>,
  versions: number,
): Promise<number> {
  const models = `${root}${FleetFolder.Models}`;
  const complete: { version: string; completed: number }[] = [];
  for (const version of await store.folders(models)) {
    const manifest = manifestObjectKey(models, version);
    // Without a manifest a version is not complete: it may be the one that is being trained.
    for await (const { key, modified } of store.list(manifest)) {
      if (key === manifest)
        complete.push({ version, completed: (await completedAt(store, key)) ?? modified.getTime() });
    }
  }
  complete.sort((a, b) => b.completed - a.completed);
  const old: string[] = [];
  for (const { version } of complete.slice(versions)) {
    for await (const { key } of store.list(`${models}${version}/`)) {
      if (key.endsWith(".tar.gz") && !kept.has(key.slice(models.length))) old.push(key);
    }
  }
  await store.remove(old);
  return old.length;
}

/** When a version was completed. Its manifest may be younger: erasing a customer writes it again. */
async function completedAt(store: FleetStore, manifest: string): Promise<number | undefined> {
  const [, text] = /"completedAt":"([^"]+)"/.exec((await store.readHead(manifest, HEAD_BYTES)) ?? "") ?? [];
  const completed = Date.parse(text ?? "");
  return Number.isNaN(completed) ? undefined : completed;
}
