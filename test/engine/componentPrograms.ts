import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { codeBlocks } from "../docs/markdown";
import { type EngineSteps, StepError } from "./engineSteps";
import { findPulumi } from "./pulumiCli";

const ROOT = path.resolve(__dirname, "../..");

/** Page whose programs are run besides the examples. */
const PAGE = "docs/component-package.md";

/** Where an example's program finds the plugin, and where the page's reader has it. */
const PLUGIN = "../../dist/plugin";
const INSTALLED = "./node_modules/frugal-ml/dist/plugin";

/** An example in a language that the components are not written in. */
interface ComponentProgram {
  /** Folder below `examples/`. */
  readonly example: string;
  readonly stack: string;
  /** Programs that must be on PATH. */
  readonly needs: readonly string[];
  /** Commands that the example's README gives before the package is added. */
  readonly before: readonly string[];
  /** File that a program of the page, in this language of a block, takes the place of. */
  readonly page?: { readonly language: string; readonly file: string };
}

const PROGRAMS: readonly ComponentProgram[] = [
  {
    example: "yaml",
    stack: "yaml",
    needs: ["pulumi-language-yaml"],
    before: [],
    page: { language: "yaml", file: "Pulumi.yaml" },
  },
  {
    example: "python-program",
    stack: "python",
    needs: ["pulumi-language-python", "python3"],
    before: ["install"],
    page: { language: "python", file: "__main__.py" },
  },
  { example: "go-program", stack: "go", needs: ["pulumi-language-go", "go"], before: [] },
];

const CONFIG = {
  trainingRole: "arn:aws:iam::123456789012:role/training",
  hostingImage: `123456789012.dkr.ecr.us-east-1.amazonaws.com/forecast@sha256:${"0".repeat(64)}`,
  models: "s3://our-models/models/",
};

/**
 * The components from other languages: the plugin as it was built is added to each example as its README says, and the
 * program goes up, is found unchanged, and is torn down.
 */
export class ComponentPrograms {
  constructor(
    private readonly steps: EngineSteps,
    private readonly print: (line: string) => void,
  ) {}

  /** Runs what this machine has the programs for, and says what it has not. @throws StepError at the first step that fails */
  async run(): Promise<void> {
    if (!existsSync(path.join(ROOT, "dist", "plugin", "main.js"))) {
      this.print("NOT run: examples in other languages: dist/plugin is not built");
      return;
    }
    await this.#installPlugin();
    for (const program of PROGRAMS) {
      const absent = program.needs.filter((needed) => findPulumi(process.env["PATH"], needed) === undefined);
      if (absent.length === 0) await this.#live(program);
      else this.print(`NOT run: examples/${program.example}: ${absent.join(", ")} not on PATH`);
    }
  }

  /** Beside the program, since whoever adds the package writes into the plugin's folder. */
  async #installPlugin(): Promise<void> {
    const dist = path.join(this.steps.workspace.program, "dist");
    await cp(path.join(ROOT, "dist", "plugin"), path.join(dist, "plugin"), { recursive: true });
    for (const entry of readdirSync(path.join(ROOT, "dist"))) {
      if (!existsSync(path.join(dist, entry))) await symlink(path.join(ROOT, "dist", entry), path.join(dist, entry));
    }
  }

  async #live({ example, stack, before, page }: ComponentProgram): Promise<void> {
    const folder = path.join("examples", example);
    const place = path.join(this.steps.workspace.program, folder);
    await mkdir(place, { recursive: true });
    // What a reader's own commands made there is made anew.
    const filter = (file: string): boolean => !["venv", "sdks", "go.sum"].includes(path.basename(file));
    await cp(path.join(ROOT, folder), place, { recursive: true, filter });
    for (const command of before) await this.steps.run(stack, command, [command, "--cwd", folder]);
    await this.steps.run(stack, "package add", ["package", "add", PLUGIN, "--cwd", folder]);
    await this.#upAndDown(stack, folder, Object.entries(CONFIG), ["endpoint", "originals", "url"]);
    if (page === undefined) return;
    const shown = codeBlocks(PAGE).filter(({ language }) => language === page.language);
    for (const [index, { code }] of shown.entries()) {
      await writeFile(path.join(place, page.file), code.replace(INSTALLED, PLUGIN));
      await this.#upAndDown(`${stack}-page-${index + 1}`, folder, [], ["url"]);
    }
  }

  /** @param outputs names of all that the program exports, sorted */
  async #upAndDown(
    stack: string,
    folder: string,
    config: readonly (readonly [string, string])[],
    outputs: readonly string[],
  ): Promise<void> {
    const at = ["--stack", stack, "--cwd", folder];
    await this.steps.run(stack, "init", ["stack", "init", stack, "--cwd", folder]);
    for (const [key, value] of config) await this.steps.run(stack, key, ["config", "set", key, value, ...at]);
    const up = await this.steps.run(stack, "up", ["up", "--yes", "--skip-preview", ...at]);
    const { created = 0 } = up.counts;
    const told = await this.steps.run(stack, "output", ["stack", "output", "--json", ...at]);
    const values: unknown = JSON.parse(told.stdout);
    const named = Object.entries(values ?? {}).filter(([, value]) => typeof value === "string" && value !== "");
    this.steps.same(`${stack} outputs`, named.map(([name]) => name).sort(), outputs, told);
    if (this.steps.workspace.live.countOf(stack) === 0) throw new StepError(`${stack} up: nothing is there`, up.output);
    await this.steps.run(stack, "no change", ["preview", "--expect-no-changes", ...at], {
      exitCode: "zero",
      counts: { unchanged: created },
    });
    await this.steps.run(stack, "destroy", ["destroy", "--yes", "--skip-preview", ...at], {
      exitCode: "zero",
      counts: { deleted: created },
      live: 0,
    });
  }
}
