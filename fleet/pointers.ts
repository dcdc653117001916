import * as z from "zod";
import { FleetFolder } from "../contracts/fleetLayout";
import { CustomerStatus, type ManifestCustomer, type ModelPointer } from "../contracts/fleetManifest";
import { inParallel } from "../contracts/inParallel";
import { decodeCustomer, parseTargetModel, pointerObjectKey } from "../contracts/modelKeys";
import type { FleetStore, WriteCondition } from "./fleetStore";

/** Requests at once. */
const PARALLEL = 32;

/** A fleet's folder in a bucket. */
export interface FleetRoot {
  readonly store: FleetStore;
  /** Prefix above `models/` and `pointers/`; empty, or ends with a slash. */
  readonly root: string;
}

const Pointer = z.object({ targetModel: z.string(), pinned: z.boolean() });

/** Key of the object that says that a customer's pointer is held. */
export function pinObjectKey(root: string, customer: string): string {
  return pointerObjectKey(`${root}${FleetFolder.Pins}`, customer);
}

/** Customers whose pointer an operator holds, by id. */
export async function pinnedCustomers(store: FleetStore, root: string): Promise<ReadonlySet<string>> {
  const prefix = `${root}${FleetFolder.Pins}`;
  const pinned = new Set<string>();
  for await (const { key } of store.list(prefix)) {
    const match = /^([^/]+)\.json$/.exec(key.slice(prefix.length));
    if (match?.[1] !== undefined) pinned.add(decodeCustomer(match[1]));
  }
  return pinned;
}

/**
 * Moves the pointer of every customer that was fitted, except where an operator holds it. A pointer is written only if it
 * is as the fleet left it, so that a pin set at this very moment is seen and kept.
 * @param assertLatest throws when another version was published meanwhile; asked wherever a pointer is not as expected
 * @returns the customers with the ETags of their pointers
 */
export async function movePointers(
  { store, root }: FleetRoot,
  customers: readonly ManifestCustomer[],
  pinned: ReadonlySet<string>,
  assertLatest: () => Promise<void>,
): Promise<readonly ManifestCustomer[]> {
  const moved = [...customers];
  const due = customers.flatMap((customer, index) => {
    const { status, model } = customer;
    const moves = status === CustomerStatus.Fitted && model !== undefined && !pinned.has(customer.customer);
    return moves ? [{ customer, model, index }] : [];
  });
  await inParallel(due, PARALLEL, async ({ customer, model, index }) => {
    const etag = await movePointer({ store, root }, customer, model, assertLatest);
    if (etag !== undefined) moved[index] = { ...customer, pointer: etag };
  });
  return moved;
}

/** Moves one pointer, and returns its ETag; undefined when an operator holds it. */
async function movePointer(
  { store, root }: FleetRoot,
  { customer, pointer }: ManifestCustomer,
  model: string,
  assertLatest: () => Promise<void>,
): Promise<string | undefined> {
  const key = pointerObjectKey(`${root}${FleetFolder.Pointers}`, customer);
  const text = pointerText(customer, model, false);
  let condition: WriteCondition = pointer === undefined ? "absent" : { etag: pointer };
  for (;;) {
    const etag = await store.write(key, text, condition);
    if (etag !== undefined) return etag;
    // An operator changed it, an earlier attempt of this version did, or a later version has been here.
    await assertLatest();
    const found = await store.read(key);
    if (found === undefined) condition = "absent";
    else {
      const current = Pointer.safeParse(JSON.parse(found.text));
      if (current.success && current.data.pinned) return undefined;
      condition = { etag: found.etag };
    }
  }
}

/** A pointer's content. */
export function pointerText(customer: string, model: string, pinned: boolean): string {
  const pointer: ModelPointer = { customer, version: parseTargetModel(model).version, targetModel: model, pinned };
  return `${JSON.stringify(pointer)}\n`;
}
