import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { forArm64 } from "../cli/bundle/nativePackages";
import { fetchLockedPackage, lockedPackage } from "./lockedPackage";
import { ONNX_RUNTIME_LOCK } from "./onnxRuntime";

/** A package that travels with a function, outside its bundle. */
interface RuntimePackage {
  readonly name: string;
  /** Fetched apart from the host's node_modules: built for arm64 and not for this host, or not installed at all. */
  readonly apart?: boolean;
  /** Folder of the lock file that pins it, from the repository's root. Defaults to the root. */
  readonly lock?: string;
  /** Built for every processor at once: what is for others stays behind, and its package.json says so. */
  readonly narrowed?: boolean;
  /** Which of its files run, beside package.json and licences. */
  readonly runs: RegExp;
}

const SCRIPTS = /^(?!(src|install|bin)\/).*\.(js|cjs|json)$/;
const NATIVES = /(^(?!musl).*\.node|\.so(\.\d+)*)$/;
const SCRIPTS_AND_NATIVES = new RegExp(`${SCRIPTS.source}|${NATIVES.source}`);

/** Packages that stand or fall together: a function that requires the first has them all. */
const GROUPS: readonly (readonly RuntimePackage[])[] = [
  [
    { name: "sharp", runs: SCRIPTS },
    { name: "@img/colour", runs: SCRIPTS },
    { name: "detect-libc", runs: SCRIPTS },
    { name: "semver", runs: SCRIPTS },
    { name: "@img/sharp-linux-arm64", apart: true, runs: SCRIPTS_AND_NATIVES },
    { name: "@img/sharp-libvips-linux-arm64", apart: true, runs: SCRIPTS_AND_NATIVES },
  ],
  [
    { name: "koffi", runs: /^(index\.cjs|src\/koffi\/(index|src\/static|src\/trampolines)\.cjs)$/ },
    { name: "@koromix/koffi-linux-arm64", apart: true, runs: /^(index\.js|linux_arm64\/koffi\.node)$/ },
    { name: "@julusian/jpeg-turbo", runs: /^prebuilds\/jpeg-turbo-linux-arm64\/libturbojpeg\.so\.0$/ },
  ],
  [
    {
      name: "onnxruntime-node",
      apart: true,
      lock: ONNX_RUNTIME_LOCK,
      narrowed: true,
      runs: /^(dist\/.*\.js|bin\/napi-v6\/linux\/arm64\/[^/]+)$/,
    },
    { name: "onnxruntime-common", runs: /^dist\/cjs\/.*\.(js|json)$/ },
  ],
];

/** Their names: bundles leave them out. */
export const RUNTIME_PACKAGE_NAMES = GROUPS.flat().map(({ name }) => name);

/** Licences travel with what they are for. */
const ALWAYS = /^(package\.json|versions\.json|LICEN[CS]E.*)$/;

/**
 * The files of the packages that a function needs, as paths inside its archive. Versions are the lock file's.
 * @param code the function's bundle
 */
export async function runtimePackageEntries(root: string, code: string): Promise<Record<string, Uint8Array>> {
  const entries: Record<string, Uint8Array> = {};
  const required = GROUPS.filter(([first]) => isRequired(first?.name, code)).flat();
  for (const { name, apart, lock = ".", narrowed, runs } of required) {
    const locked = await lockedPackage(path.join(root, lock), name);
    const folder = apart
      ? await fetchLockedPackage(locked, path.join(root, ".build", "packages"))
      : path.join(root, "node_modules", name);
    for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const absolute = path.join(file.parentPath, file.name);
      const relative = path.relative(folder, absolute).split(path.sep).join("/");
      if (!file.isFile() || relative.startsWith(".") || !(ALWAYS.test(relative) || runs.test(relative))) continue;
      const bytes = await readFile(absolute);
      entries[`node_modules/${name}/${relative}`] = narrowed && relative === "package.json" ? forArm64(bytes) : bytes;
    }
  }
  return entries;
}

function isRequired(name: string | undefined, code: string): boolean {
  return name !== undefined && code.includes(`require("${name}")`);
}
