import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { CannotRunError } from "../../contracts/cannotRunError";

const run = promisify(execFile);

/** Debian's folder of libraries for arm64 beside the host's own. */
const SYSROOT = "/usr/aarch64-linux-gnu";

/** What Node for arm64 is linked with. */
const LIBRARIES = ["ld-linux-aarch64.so.1", "libc.so.6", "libstdc++.so.6", "libgcc_s.so.1"];

const LIBRARY_PACKAGES = ["libc6-arm64-cross", "libstdc++6-arm64-cross", "libgcc-s1-arm64-cross"];

/** How a program for arm64 is run on this machine. */
export interface Arm64Host {
  /** What stands before the program and its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** In words, for the report. */
  readonly description: string;
}

/**
 * Finds out how arm64 programs run here: as they are, or by Debian's qemu-user, which root has installed when it is
 * missing.
 * @throws CannotRunError when neither is possible
 */
export async function arm64Host(): Promise<Arm64Host> {
  if (process.platform !== "linux") {
    throw new CannotRunError("NoEmulator", `arm64 code for Linux does not run on ${process.platform}`);
  }
  if (process.arch === "arm64") return { command: [], environment: {}, description: "this machine's own processor" };
  if (!isInstalled()) await install();
  const emulator = findEmulator();
  if (emulator === undefined || !isInstalled()) {
    throw new CannotRunError("NoEmulator", "qemu-user was installed, but its programs or libraries are not there");
  }
  const { stdout } = await run(emulator, ["--version"]);
  return {
    command: [emulator],
    environment: { QEMU_LD_PREFIX: SYSROOT },
    description: stdout.split("\n", 1)[0] ?? emulator,
  };
}

function findEmulator(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return ["qemu-aarch64-static", "qemu-aarch64"]
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

function isInstalled(): boolean {
  const hasLibraries = LIBRARIES.every((library) => existsSync(path.join(SYSROOT, "lib", library)));
  return hasLibraries && findEmulator() !== undefined;
}

async function install(): Promise<void> {
  const packages = ["qemu-user-static", ...LIBRARY_PACKAGES];
  if (process.getuid?.() !== 0) {
    throw new CannotRunError(
      "NoEmulator",
      `arm64 code does not run here; as root: apt-get install ${packages.join(" ")}`,
    );
  }
  console.log(`installing ${packages.join(" ")}`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run("apt-get", ["update", "-q"], options);
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRunError("NoEmulator", `apt-get could not install ${packages.join(" ")}: ${reason}`, { cause });
  }
}
