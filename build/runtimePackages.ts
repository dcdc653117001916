import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fetchLockedPackage, lockedPackage } from "./lockedPackage";

/** A package that travels with a function, outside its bundle. */
interface RuntimePackage {
  readonly name: string;
  /** Built for arm64 and not for this host: fetched apart from the host's node_modules. */
  readonly foreign?: boolean;
  /** Which of its files run, beside package.json and licences. */
  readonly runs: RegExp;
}

const SCRIPTS = /^(?!(src|install|bin)\/).*\.(js|cjs|json)$/;
const NATIVES = /(^(?!musl).*\.node|\.so(\.\d+)*)$/;

/** What a function needs of Lambda's arm64 runtime on Amazon Linux (glibc), for images. */
const RUNTIME_PACKAGES: readonly RuntimePackage[] = [
  { name: "sharp", runs: SCRIPTS },
  { name: "@img/colour", runs: SCRIPTS },
  { name: "detect-libc", runs: SCRIPTS },
  { name: "semver", runs: SCRIPTS },
  { name: "@img/sharp-linux-arm64", foreign: true, runs: new RegExp(`${SCRIPTS.source}|${NATIVES.source}`) },
  { name: "@img/sharp-libvips-linux-arm64", foreign: true, runs: new RegExp(`${SCRIPTS.source}|${NATIVES.source}`) },
  { name: "koffi", runs: /^(index\.cjs|src\/koffi\/(index|src\/static|src\/trampolines)\.cjs)$/ },
  { name: "@koromix/koffi-linux-arm64", foreign: true, runs: /^(index\.js|linux_arm64\/koffi\.node)$/ },
  { name: "@julusian/jpeg-turbo", runs: /^prebuilds\/jpeg-turbo-linux-arm64\/libturbojpeg\.so\.0$/ },
];

/** Their names: bundles leave them out. */
export const RUNTIME_PACKAGE_NAMES = RUNTIME_PACKAGES.map(({ name }) => name);

/** Licences travel with what they are for. */
const ALWAYS = /^(package\.json|versions\.json|LICEN[CS]E.*)$/;

/** The files of the packages that a function needs, as paths inside its archive. Versions are the lock file's. */
export async function runtimePackageEntries(root: string): Promise<Record<string, Uint8Array>> {
  const entries: Record<string, Uint8Array> = {};
  for (const { name, foreign, runs } of RUNTIME_PACKAGES) {
    const locked = await lockedPackage(root, name);
    const folder = foreign
      ? await fetchLockedPackage(locked, path.join(root, ".build", "packages"))
      : path.join(root, "node_modules", name);
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const absolute = path.join(file.parentPath, file.name);
      const relative = path.relative(folder, absolute).split(path.sep).join("/");
      if (!file.isFile() || relative.startsWith(".") || !(ALWAYS.test(relative) || runs.test(relative))) continue;
      entries[`node_modules/${name}/${relative}`] = await readFile(absolute);
    }
  }
  return entries;
}
