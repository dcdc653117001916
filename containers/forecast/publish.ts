import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { FleetEnvironment, PLAN_FILE, ProcessingFolder } from "../../contracts/fleetContainer";
import { FleetFolder, LATEST_OBJECT } from "../../contracts/fleetLayout";
import { type FleetManifest, PlanAction, type PlannedCustomer, QuarantineReason } from "../../contracts/fleetManifest";
import { manifestObjectKey, targetModel } from "../../contracts/modelKeys";
import { InvalidInputError, type Problem, printGiven } from "../../contracts/problems";
import { parseS3Uri } from "../../contracts/s3Location";
import { FleetStore } from "../../fleet/fleetStore";
import { manifestText, parseManifest } from "../../fleet/manifestFile";
import { movePointers, pinnedCustomers } from "../../fleet/pointers";
import { retireModels } from "../../fleet/retention";
import { readResults } from "./checkpoints";
import { ContainerFailure } from "./containerFailure";
import { containerLog } from "./containerLog";
import { containerPath } from "./containerRoot";
import { versionCustomers, versionManifest } from "./versionManifest";

const Planned = z.object({
  customer: z.string(),
  action: z.enum(PlanAction),
  inputHash: z.string().optional(),
  rows: z.int(),
  reason: z.enum(QuarantineReason).optional(),
  detail: z.string().optional(),
});

/** Where a version is published, and how many stay. */
interface PublishSettings {
  readonly fleet: string;
  readonly version: string;
  readonly bucket: string;
  /** Prefix of the fleet's folder. */
  readonly root: string;
  readonly retainVersions: number;
}

/**
 * The command `publish`: makes a version complete. It looks whether every model is in the store, moves the pointers,
 * writes the manifest, and last of all what the next run begins from. It can be run again at any point.
 * @throws ContainerFailure Incomplete when a model is missing: no pointer has moved then; Superseded when another
 *   version was published meanwhile
 */
export async function publish(environment: NodeJS.ProcessEnv): Promise<FleetManifest> {
  const settings = readSettings(environment);
  const { fleet, version, root } = settings;
  const plan = readPlan(containerPath(environment, ProcessingFolder.PlanInput, PLAN_FILE));
  const results = readResults(containerPath(environment, ProcessingFolder.Results), (customer) => customer);
  const store = new FleetStore(settings.bucket);
  try {
    const latestKey = `${root}${FleetFolder.State}${LATEST_OBJECT}`;
    const latest = await store.read(latestKey);
    const previous = latest === undefined ? undefined : parseManifest(latest.text);
    if (previous?.version === version) return previous;
    const stored = await storedModels(store, root, version);
    const standing = versionCustomers({ version, plan, results, stored, previous });
    const pinned = await pinnedCustomers(store, root);
    const assertLatest = async (): Promise<void> => {
      if ((await store.read(latestKey))?.etag !== latest?.etag) throw superseded();
    };
    const customers = await movePointers({ store, root }, standing, pinned, assertLatest);
    const manifest = versionManifest(fleet, version, previous, customers, new Date());
    const text = manifestText(manifest);
    await store.write(manifestObjectKey(`${root}${FleetFolder.Models}`, version), text);
    const written = await store.write(latestKey, text, latest === undefined ? "absent" : { etag: latest.etag });
    if (written === undefined) throw superseded();
    const kept = new Set([...customers.flatMap(({ model }) => model ?? []), ...(await pinnedModels(store, root))]);
    const retired = await retireModels(store, root, kept, settings.retainVersions);
    const { counts, medianMase, medianNaiveMase } = manifest;
    containerLog("info", "publish", { version, ...counts, medianMase, medianNaiveMase, pinned: pinned.size, retired });
    return manifest;
  } finally {
    store.close();
  }
}

function superseded(): ContainerFailure {
  return new ContainerFailure(
    "Superseded",
    "another version was published meanwhile; the next run begins from that one",
  );
}

async function storedModels(store: FleetStore, root: string, version: string): Promise<ReadonlySet<string>> {
  const models = `${root}${FleetFolder.Models}`;
  const stored = new Set<string>();
  for await (const { key } of store.list(`${models}${version}/`)) stored.add(key.slice(models.length));
  return stored;
}

/** Target models that pins name. */
async function pinnedModels(store: FleetStore, root: string): Promise<readonly string[]> {
  const models: string[] = [];
  for await (const { key } of store.list(`${root}${FleetFolder.Pins}`)) {
    const pin = await store.read(key);
    const model = z.object({ targetModel: z.string() }).safeParse(JSON.parse(pin?.text ?? "{}"));
    if (model.success) models.push(model.data.targetModel);
  }
  return models;
}

function readPlan(file: string): readonly PlannedCustomer[] | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => Planned.parse(JSON.parse(line)));
}

function readSettings(environment: NodeJS.ProcessEnv): PublishSettings {
  const problems: Problem[] = [];
  const required = (name: string, allowed: string, test: (value: string) => boolean): string => {
    const value = environment[name] ?? "";
    if (!test(value)) problems.push({ property: name, given: printGiven(environment[name]), allowed });
    return value;
  };
  const isFolder = (uri: string): boolean => /^s3:\/\/[^/]+\/(.*\/)?$/.test(uri);
  const fleet = required(FleetEnvironment.Fleet, "the name of the fleet", (value) => value !== "");
  const version = required(FleetEnvironment.Version, "a version", (value) => isVersion(value));
  const uri = required(FleetEnvironment.FleetUri, "s3://<bucket>/<prefix>/", isFolder);
  const retain = environment[FleetEnvironment.RetainVersions] ?? "5";
  const retainVersions = Number(retain);
  if (!Number.isInteger(retainVersions) || retainVersions < 1) {
    problems.push({ property: FleetEnvironment.RetainVersions, given: retain, allowed: "an integer of at least 1" });
  }
  if (problems.length > 0) throw new InvalidInputError("environment of publish", problems);
  const { bucket, prefix } = parseS3Uri(uri);
  return { fleet, version, bucket, root: prefix, retainVersions };
}

function isVersion(version: string): boolean {
  try {
    targetModel({ version, customer: "any" });
    return true;
  } catch {
    return false;
  }
}
