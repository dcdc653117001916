import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { create } from "tar";

/** A package of a registry. */
export interface RegistryPackage {
  readonly name: string;
  readonly version?: string;
  /** Contents by path, without package.json. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Further fields of its package.json, which its lock entry repeats. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The beginning of native code for a processor, as ELF has it: 62 is x86-64, 183 is AArch64. */
export function elf(machine: 62 | 183): Uint8Array {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeUInt16LE(machine, 18);
  return header;
}

/** A project whose lock file pins packages of a registry of its own, some of which are installed. */
export class NativeProject {
  readonly #server: Server;
  readonly #tarballs = new Map<string, Buffer>();
  readonly #locked: Record<string, object> = {};
  /** Paths that were fetched. */
  readonly fetched: string[] = [];

  private constructor(readonly folder: string) {
    this.#server = createServer((request, response) => {
      this.fetched.push(request.url ?? "");
      const tarball = this.#tarballs.get(request.url ?? "");
      response.writeHead(tarball === undefined ? 404 : 200).end(tarball);
    });
  }

  static async start(folder: string): Promise<NativeProject> {
    const project = new NativeProject(folder);
    await new Promise<void>((resolve) => project.#server.listen(0, "127.0.0.1", resolve));
    return project;
  }

  /** Puts a package into registry and lock file, at a place in node_modules, and installs it there if told. */
  async add({ name, version = "1.0.0", files, fields = {} }: RegistryPackage, installed: boolean, key = name) {
    const manifest = { name, version, ...fields };
    const contents = { "package.json": JSON.stringify(manifest), ...files };
    const staged = path.join(this.folder, "registry", `${name}@${version}`);
    await written(path.join(staged, "package"), contents);
    if (installed) await written(path.join(this.folder, "node_modules", key), contents);
    const file = path.join(staged, "package.tgz");
    // Without times, as npm packs: each pinned checksum is of these bytes.
    await create({ file, cwd: staged, gzip: true, portable: true }, ["package"]);
    const tarball = await readFile(file);
    const url = `/${name}/-/${version}.tgz`;
    this.#tarballs.set(url, tarball);
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const { port } = this.#server.address() as AddressInfo;
    const resolved = `http://127.0.0.1:${port}${url}`;
    this.#locked[`node_modules/${key}`] = { version, resolved, integrity, ...fields };
  }

  /** Writes the lock file; entries may be replaced. */
  async lock(changed: Readonly<Record<string, object>> = {}): Promise<void> {
    const packages = { "": { name: "tables" }, ...this.#locked, ...changed };
    await writeFile(
      path.join(this.folder, "package-lock.json"),
      JSON.stringify({ name: "tables", lockfileVersion: 3, packages }),
    );
  }

  /** The entry of the lock file, to change a part of it. */
  entry(key: string): object {
    return this.#locked[`node_modules/${key}`] ?? {};
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function written(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}
