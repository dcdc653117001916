import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { unzipSync } from "fflate";
import * as z from "zod";

/** The manifest of a package. */
const PACKAGE = /^node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/;

/** The part of a package.json that says where a native package runs. */
const PlatformPackage = z.object({
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
});

/**
 * Unpacks a function's archive to run it on this machine. Native packages that are made for another system or
 * processor (their package.json says so) are left out: the same package for this host is then found on NODE_PATH.
 * @returns names of the packages that were left out
 * @throws Error when an entry would leave the folder
 */
export async function unpackFunction(archive: string, folder: string): Promise<readonly string[]> {
  const packed = await readFile(archive);
  const foreign = foreignPackages(unzipSync(packed, { filter: ({ name }) => PACKAGE.test(name) }));
  // What is left out is not inflated either: libraries for another processor are most of an archive.
  const entries = unzipSync(packed, {
    filter: ({ name }) => !name.endsWith("/") && !foreign.some((skipped) => name.startsWith(`${skipped}/`)),
  });
  for (const [name, bytes] of Object.entries(entries)) {
    const target = path.join(folder, name);
    if (!target.startsWith(folder + path.sep)) throw new Error(`entry ${JSON.stringify(name)} leaves the archive`);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  return foreign;
}

function foreignPackages(entries: Readonly<Record<string, Uint8Array>>): string[] {
  return Object.entries(entries)
    .filter(([, bytes]) => {
      const { os, cpu } = PlatformPackage.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
      return !((os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true));
    })
    .map(([name]) => path.posix.dirname(name));
}
