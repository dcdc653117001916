import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { LocalPlane } from "../localPlane";

/** Names of a job's hosts, as SageMaker names them. */
export function hostNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `algo-${index + 1}`);
}

/** Folders of a job's instances: for each host one that stands for `/opt/ml`. */
export class JobFolder {
  private constructor(
    private readonly folder: string,
    /** By host. */
    readonly roots: ReadonlyMap<string, string>,
  ) {}

  /**
   * Makes fresh folders, as fresh machines have them.
   * @param attempt 1 for the first start of the job
   */
  static async make(plane: LocalPlane, job: string, attempt: number, hosts: readonly string[]): Promise<JobFolder> {
    const folder = path.join(plane.folder, "jobs", `${job}-${attempt}`);
    const roots = new Map(hosts.map((host) => [host, path.join(folder, host)]));
    for (const root of roots.values()) await mkdir(path.join(root, "output"), { recursive: true });
    return new JobFolder(folder, roots);
  }

  /** Removes the folders. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
}
