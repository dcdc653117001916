import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

const run = promisify(execFile);

const ROOT = path.resolve(__dirname, "../..");

/** What the program reads beside itself: a model with its labels and a picture, and an archive of pooled models. */
const FILES = {
  "model.onnx": "examples/classifier/model.onnx",
  "labels.json": "examples/classifier/labels.json",
  "3-0.png": "examples/classifier/pictures/3-0.png",
  "pooled.tar.gz": "test/components/fixtures/pooled.tar.gz",
};

const Packed = z.array(z.object({ filename: z.string(), size: z.number() })).min(1);
const Manifest = z.object({ devDependencies: z.record(z.string(), z.string()) });

/** An empty project into which the package is installed as npm would publish it. */
export class PackedProject {
  private constructor(
    readonly folder: string,
    /** Size of what is downloaded, in bytes. */
    readonly packedBytes: number,
  ) {}

  /**
   * Packs what was built, installs it into a new project with TypeScript, and puts the program there.
   * @throws Error when npm does not
   */
  static async install(): Promise<PackedProject> {
    const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-pack-"));
    const packing = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const { stdout } = await run("npm", packing, { cwd: ROOT, maxBuffer: 2 ** 28 });
    const [{ filename, size } = { filename: "", size: 0 }] = Packed.parse(JSON.parse(stdout));
    const { devDependencies } = Manifest.parse(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")));
    const compilers = ["typescript", "@types/node"].map((name) => `${name}@${devDependencies[name]}`);
    await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    const project = new PackedProject(folder, size);
    // Installation scripts download providers' plugins, which nothing here needs.
    await project.run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `./${filename}`, ...compilers]);
    await cp(path.join(__dirname, "program"), folder, { recursive: true });
    for (const [name, file] of Object.entries(FILES)) await copyFile(path.join(ROOT, file), path.join(folder, name));
    return project;
  }

  /** Where the package is, or a file of it. */
  installed(...file: readonly string[]): string {
    return path.join(this.folder, "node_modules", "frugal-ml", ...file);
  }

  /**
   * Runs a command in the project, which knows nothing of the repository.
   * @returns what it prints for programs to read
   * @throws Error when it does not end with 0, with what it printed
   */
  async run(command: string, args: readonly string[]): Promise<string> {
    const environment = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_PATH$/i.test(name));
    const options = { cwd: this.folder, env: Object.fromEntries(environment), maxBuffer: 2 ** 28 };
    try {
      return (await run(command, args, options)).stdout;
    } catch (error) {
      const { stdout, stderr } = z.looseObject({ stdout: z.string(), stderr: z.string() }).parse(error);
      throw new Error(`${command} ${args.join(" ")}:\n${stdout}${stderr}`, { cause: error });
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
