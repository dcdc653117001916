import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { CannotRunError } from "../../contracts/cannotRunError";

const Names = z.record(z.string(), z.string()).default({});

const Entry = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
});

const Lock = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), Entry),
});

/** What a lock file says of a package. */
export type LockEntry = z.infer<typeof Entry>;

/** A lock file of npm. */
export class Lockfile {
  private constructor(
    /** Folder that it lies in. */
    readonly root: string,
    readonly packages: Readonly<Record<string, LockEntry>>,
  ) {}

  /**
   * Reads the nearest lock file in a folder or above it.
   * @returns undefined when there is none
   * @throws CannotRunError LockFileNotRead
   */
  static above(folder: string): Lockfile | undefined {
    const file = path.join(folder, "package-lock.json");
    if (existsSync(file)) return new Lockfile(folder, parsed(file));
    const parent = path.dirname(folder);
    return parent === folder ? undefined : Lockfile.above(parent);
  }

  /** Key of the package that is installed in a folder; undefined when the lock file does not have it. */
  keyOf(folder: string): string | undefined {
    const key = path.relative(this.root, folder).split(path.sep).join("/");
    return Object.hasOwn(this.packages, key) ? key : undefined;
  }

  /** Key of the package that another one gets by a name, found as Node.js does: beside it, then above. */
  resolve(from: string, name: string): string | undefined {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
      const key = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
      if (Object.hasOwn(this.packages, key)) return key;
      if (at === "") return undefined;
    }
  }
}

function parsed(file: string): Readonly<Record<string, LockEntry>> {
  try {
    return Lock.parse(JSON.parse(readFileSync(file, "utf8"))).packages;
  } catch (cause) {
    throw new CannotRunError("LockFileNotRead", `${file} is no lock file of npm 7 or newer`, { cause });
  }
}
