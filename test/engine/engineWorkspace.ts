import { existsSync, readdirSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { EngineEnvironment } from "./engineEnvironment";
import { LiveResources } from "./liveResources";

const ROOT = path.resolve(__dirname, "../..");

/** What a program at the engine needs of the repository. Stack files among it: the engine writes into them. */
const COPIED = [
  "Pulumi.yaml",
  "components",
  "contracts",
  "dist/functions",
  "dist/models",
  "examples/classifier",
  "functions",
  "index.ts",
  "package.json",
  "policy",
  "stacks",
  "test/engine/small",
  "tsconfig.json",
];

/** A copy of the program with a Pulumi home, a state backend and an AWS account of its own, all in one folder. */
export interface EngineWorkspace {
  /** Folder of the copied program, as it is now. */
  readonly program: string;
  /** What the double made. */
  readonly live: LiveResources;
  readonly environment: NodeJS.ProcessEnv;
  /** Policy packs of the program, as paths relative to it. */
  readonly packs: readonly string[];
  /** Goes on in another folder with archives of another time, as a checkout on another machine has them. */
  moveProgram(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Makes a workspace below the system's temporary folder; the checkout and the user's own Pulumi stay as they are.
 * @param earlierVersions of the AWS provider, which a state of an earlier release names
 */
export async function createWorkspace(earlierVersions: readonly string[]): Promise<EngineWorkspace> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-engine-"));
  let program = path.join(folder, "program");
  for (const entry of COPIED) await cp(path.join(ROOT, entry), path.join(program, entry), { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(program, "node_modules"));
  await mkdir(path.join(folder, "state"));
  const account = path.join(folder, "account");
  await installDouble(path.join(folder, "home"), earlierVersions);
  return {
    get program() {
      return program;
    },
    live: new LiveResources(account),
    environment: {
      ...withoutClouds(process.env),
      PULUMI_HOME: path.join(folder, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "of a temporary stack",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // `npm test` checks the types; here they would be checked anew for the program, each pack and each folder.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      [EngineEnvironment.Account]: account,
    },
    packs: readdirSync(path.join(program, "policy"), { withFileTypes: true })
      .filter((entry) => existsSync(path.join(program, "policy", entry.name, "PulumiPolicy.yaml")))
      .map((entry) => path.join("policy", entry.name)),
    moveProgram: async () => {
      const moved = path.join(folder, "elsewhere");
      await rename(program, moved);
      program = moved;
      const archives = path.join(program, "dist", "functions");
      for (const file of readdirSync(archives)) await utimes(path.join(archives, file), 0, 0);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A user's credentials and settings must neither reach the double nor be changed by it. */
function withoutClouds(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(PULUMI|AWS)_/.test(name)));
}

/** Puts the double where the engine looks for the AWS provider: an executable that starts Node with the sources. */
async function installDouble(home: string, earlierVersions: readonly string[]): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(require.resolve("@pulumi/aws/package.json"), "utf8"));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const parts = [
    process.execPath,
    "--import",
    pathToFileURL(require.resolve("tsx")).href,
    `${__dirname}/awsProvider.ts`,
  ];
  for (const named of new Set([version, ...earlierVersions])) {
    const folder = path.join(home, "plugins", `resource-aws-v${named}`);
    const launcher = path.join(folder, "pulumi-resource-aws");
    await mkdir(folder, { recursive: true });
    await writeFile(launcher, `#!/bin/sh\nexec ${parts.map(shellQuoted).join(" ")} "$@"\n`);
    await chmod(launcher, 0o755);
  }
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
