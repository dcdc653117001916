import type { LockEntry, Lockfile } from "./lockfile";

/** A package that travels with a module. */
export interface TravellingPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly entry: LockEntry;
  /** Only wanted where the system and the processor are its own. */
  readonly optional: boolean;
}

/** What packages need, or why they cannot be had. */
export interface Closure {
  /** By name, in the order in which they were found, required ones first. */
  readonly packages: ReadonlyMap<string, TravellingPackage>;
  readonly problems: readonly string[];
}

/**
 * The packages and all that they need, as the lock file pins them. They will lie side by side, so each name has one version.
 * @param roots keys of the packages in the lock file
 */
export function lockedClosure(lock: Lockfile, roots: readonly string[]): Closure {
  const packages = new Map<string, TravellingPackage>();
  const keys = new Map<string, string>();
  const problems: string[] = [];
  const waiting: { readonly key: string; readonly optional: boolean }[] = roots.map((key) => ({
    key,
    optional: false,
  }));
  const later: typeof waiting = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift() ?? later.shift()) {
    const { key, optional } = next;
    const name = key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);
    const before = keys.get(name);
    const entry = lock.packages[key];
    if (before === key || entry === undefined) continue;
    const { version, integrity } = entry;
    if (version === undefined || integrity === undefined || entry.link) {
      problems.push(`${name}: package-lock.json pins no tarball of it, as for a folder or a repository`);
      continue;
    }
    if (before !== undefined) {
      if (packages.get(name)?.version === version) continue;
      problems.push(`${name}: ${packages.get(name)?.version} and ${version} are needed; allowed: one version`);
      continue;
    }
    keys.set(name, key);
    packages.set(name, { name, version, integrity, entry, optional });
    const { dependencies, optionalDependencies, peerDependencies } = entry;
    for (const needed of Object.keys(dependencies)) {
      if (Object.hasOwn(optionalDependencies, needed)) continue;
      const found = lock.resolve(key, needed);
      if (found !== undefined) (optional ? later : waiting).push({ key: found, optional });
      else problems.push(`${needed}: ${name} needs it, and package-lock.json does not have it`);
    }
    for (const wanted of [...Object.keys(optionalDependencies), ...Object.keys(peerDependencies)]) {
      const found = lock.resolve(key, wanted);
      if (found !== undefined) later.push({ key: found, optional: true });
    }
  }
  return { packages, problems };
}
