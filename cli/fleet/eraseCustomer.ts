import { gunzipSync, gzipSync } from "node:zlib";
import { CsvFields, csvField } from "../../contracts/csvFields";
import { FleetFolder } from "../../contracts/fleetLayout";
import { encodeCustomer, pointerObjectKey } from "../../contracts/modelKeys";
import type { FleetStore } from "../../fleet/fleetStore";
import { manifestText, parseManifest } from "../../fleet/manifestFile";
import { type FleetRoot, pinObjectKey } from "../../fleet/pointers";

/** A byte-order mark, as latin1 shows it. */
const BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

/** What an erasure did. */
export interface Erased {
  /** Objects that were the customer's alone. */
  readonly objects: number;
  /** Objects of several customers that were written again without this one. */
  readonly rewritten: number;
  /** Versions that are gone for good, of both. */
  readonly versions: number;
}

/**
 * Erases a customer: rows of the dataset, models of every version, pointer, pin, results, plans and the entries of all
 * manifests, with every earlier version of each object. Run while no execution does, it can be run again at any point.
 * @param data the dataset, in its own bucket; undefined when the fleet has none
 */
export async function eraseCustomer(
  { store, root }: FleetRoot,
  data: FleetRoot | undefined,
  customer: string,
): Promise<Erased> {
  const name = encodeCustomer(customer);
  const own = new Set([pointerObjectKey(`${root}${FleetFolder.Pointers}`, customer), pinObjectKey(root, customer)]);
  const rewritten = new Set<string>();
  for (const folder of [FleetFolder.Models, FleetFolder.Runs, FleetFolder.State]) {
    for await (const { key } of store.list(`${root}${folder}`)) {
      const file = key.slice(key.lastIndexOf("/") + 1);
      if (file === `${name}.tar.gz` || file === `${name}.csv`) own.add(key);
      else if (await rewrite(store, key, (text) => withoutEntries(file, text, customer))) rewritten.add(key);
    }
  }
  // Models that were retired live on as earlier versions.
  for (const version of await store.folders(`${root}${FleetFolder.Models}`)) {
    own.add(`${root}${FleetFolder.Models}${version}/${name}.tar.gz`);
  }
  const rows = data === undefined ? new Set<string>() : await eraseRows(data, customer);
  const removed = await store.removeVersions(own, () => false);
  const earlier = [
    await store.removeVersions(rewritten, (_, isLatest) => isLatest),
    await data?.store.removeVersions(rows, (_, isLatest) => isLatest),
  ];
  const versions = earlier.reduce((sum, one) => sum + (one?.versions ?? 0), removed.versions);
  return { objects: removed.objects, rewritten: rewritten.size + rows.size, versions };
}

async function eraseRows({ store, root }: FleetRoot, customer: string): Promise<ReadonlySet<string>> {
  const rewritten = new Set<string>();
  for await (const { key } of store.list(root)) {
    const zipped = /\.csv\.gz$/i.test(key);
    if (!zipped && !/\.csv$/i.test(key)) continue;
    const bytes = await store.readBytes(key);
    if (bytes === undefined) continue;
    const text = Buffer.from(zipped ? gunzipSync(bytes) : bytes).toString("latin1");
    const rest = withoutRows(text, customer);
    if (rest === undefined) continue;
    const plain = Buffer.from(rest, "latin1");
    await store.writeBytes(key, zipped ? gzipSync(plain) : plain);
    rewritten.add(key);
  }
  return rewritten;
}

/** A CSV without the rows of a customer; undefined when it has none. Other rows keep their columns and their order. */
export function withoutRows(text: string, customer: string): string | undefined {
  const latin1 = Buffer.from(customer, "utf8").toString("latin1");
  const csv = new CsvFields();
  const lines: string[] = [];
  let column: number | undefined;
  let found = false;
  const take = (fields: readonly string[]): void => {
    if (column === undefined) {
      column = fields.findIndex((field) => /^customer_id$/i.test(field.trim()));
    } else if (fields[column] === latin1) {
      found = true;
      return;
    }
    lines.push(fields.map(csvField).join(","));
  };
  // Aside, as the split has it: a quote behind the mark would be a part of its field.
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  csv.push(text.slice(mark.length), take);
  csv.end(take);
  return found ? `${mark}${lines.join("\n")}\n` : undefined;
}

/** A manifest, plan or log of results without a customer; undefined when it does not have it. */
function withoutEntries(file: string, text: string, customer: string): string | undefined {
  if (file === "manifest.json" || file === "latest.json") {
    const manifest = parseManifest(text, file);
    const gone = manifest.customers.find((one) => one.customer === customer);
    if (gone === undefined) return undefined;
    const counts = { ...manifest.counts, [gone.status]: manifest.counts[gone.status] - 1 };
    return manifestText({ ...manifest, counts, customers: manifest.customers.filter((one) => one !== gone) });
  }
  if (!file.endsWith(".jsonl")) return undefined;
  const lines = text.split("\n");
  const rest = lines.filter((line) => !line.includes(`"customer":${JSON.stringify(customer)}`));
  return rest.length === lines.length ? undefined : rest.join("\n");
}

async function rewrite(
  store: FleetStore,
  key: string,
  without: (text: string) => string | undefined,
): Promise<boolean> {
  if (!/\.jsonl?$/.test(key)) return false;
  const found = await store.read(key);
  const rest = found === undefined ? undefined : without(found.text);
  if (rest === undefined) return false;
  await store.write(key, rest);
  return true;
}
