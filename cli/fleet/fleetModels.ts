import { CannotRunError } from "../../contracts/cannotRunError";
import { FleetFolder, LATEST_OBJECT } from "../../contracts/fleetLayout";
import type { FleetManifest, ManifestCustomer } from "../../contracts/fleetManifest";
import { manifestObjectKey, parseTargetModel, pointerObjectKey, targetModel } from "../../contracts/modelKeys";
import { parseManifest } from "../../fleet/manifestFile";
import { type FleetRoot, pinnedCustomers, pinObjectKey, pointerText } from "../../fleet/pointers";

/** The last complete version, and whose pointer is held. */
export interface FleetStanding {
  readonly manifest: FleetManifest;
  readonly pinned: ReadonlySet<string>;
}

/**
 * How a fleet stands.
 * @throws CannotRunError `NoVersion` before the first is complete
 */
export async function fleetStanding({ store, root }: FleetRoot): Promise<FleetStanding> {
  const latest = await store.read(`${root}${FleetFolder.State}${LATEST_OBJECT}`);
  if (latest === undefined) throw new CannotRunError("NoVersion", "the fleet has no complete version yet");
  return { manifest: parseManifest(latest.text), pinned: await pinnedCustomers(store, root) };
}

/**
 * Holds a customer's pointer at the model of a version, until it is released.
 * @returns the target model that is current now
 * @throws CannotRunError `NoModel` when the version has none of the customer
 */
export async function pinModel(place: FleetRoot, customer: string, version: string): Promise<string> {
  const { store, root } = place;
  const model = targetModel({ version, customer });
  if (!(await store.has(`${root}${FleetFolder.Models}${model}`))) {
    throw new CannotRunError("NoModel", `version ${version} has no model of ${JSON.stringify(customer)}`);
  }
  // The pin first: a run that publishes in between must not move what is about to be held.
  await store.write(pinObjectKey(root, customer), pointerText(customer, model, true));
  await store.write(pointerKey(root, customer), pointerText(customer, model, true));
  return model;
}

/**
 * Releases a customer's pointer, and moves it to the model of the last complete version.
 * @throws CannotRunError `NotPinned`, `NoModel`
 */
export async function releaseModel(place: FleetRoot, customer: string): Promise<string> {
  const { store, root } = place;
  const { manifest, pinned } = await fleetStanding(place);
  if (!pinned.has(customer)) throw new CannotRunError("NotPinned", `no pin holds ${JSON.stringify(customer)}`);
  const { model } = known(manifest, customer);
  if (model === undefined) throw new CannotRunError("NoModel", `${JSON.stringify(customer)} has no model`);
  await store.write(pointerKey(root, customer), pointerText(customer, model, false));
  await store.remove([pinObjectKey(root, customer)]);
  return model;
}

/**
 * Goes back to the customer's model before the current one, and holds it there: otherwise the next run would bring back
 * what was just taken away.
 * @throws CannotRunError `NoModel` when there is none before
 */
export async function rollBackModel(place: FleetRoot, customer: string): Promise<string> {
  const { store, root } = place;
  const { manifest } = await fleetStanding(place);
  const pointer = await store.read(pointerKey(root, customer));
  const current = pointer === undefined ? undefined : modelOfPointer(pointer.text);
  let newest: FleetManifest | undefined = manifest;
  let passed = false;
  while (newest !== undefined) {
    const model = newest.customers.find((one) => one.customer === customer)?.model;
    if (passed && model !== undefined && model !== current) {
      const { version } = parseTargetModel(model);
      if (await store.has(`${root}${FleetFolder.Models}${model}`)) return pinModel(place, customer, version);
    }
    passed ||= model === current;
    newest = await before(place, newest);
  }
  throw new CannotRunError("NoModel", `${JSON.stringify(customer)} has no model before the current one`);
}

function known(manifest: FleetManifest, customer: string): ManifestCustomer {
  const found = manifest.customers.find((one) => one.customer === customer);
  if (found !== undefined) return found;
  throw new CannotRunError("NoCustomer", `version ${manifest.version} does not know ${JSON.stringify(customer)}`);
}

async function before({ store, root }: FleetRoot, manifest: FleetManifest): Promise<FleetManifest | undefined> {
  if (manifest.previous === undefined) return undefined;
  const key = manifestObjectKey(`${root}${FleetFolder.Models}`, manifest.previous);
  const found = await store.read(key);
  return found === undefined ? undefined : parseManifest(found.text, key);
}

function modelOfPointer(text: string): string | undefined {
  const pointer: unknown = JSON.parse(text);
  const named =
    typeof pointer === "object" && pointer !== null && "targetModel" in pointer ? pointer.targetModel : undefined;
  return typeof named === "string" ? named : undefined;
}

function pointerKey(root: string, customer: string): string {
  return pointerObjectKey(`${root}${FleetFolder.Pointers}`, customer);
}
