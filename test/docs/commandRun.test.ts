import { deepEqual, equal, notEqual } from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callCommand } from "../cli/commands/callCommand";
import { codeBlocks, pages, ROOT } from "./markdown";
import { behindNpm, type ShownCommand, shownCommands } from "./shellCommands";

/** Its commands run in a clone, by `npm run test:readme`. */
const README = "README.md";

/** Commands of ours that are not run here, as a page shows them, or with their page, each with what it needs or why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "backfill --from outputs.json": "an AWS account",
  "complete --from outputs.json --wait 120": "an AWS account",
  "complete --from outputs.json --wait 3600": "an AWS account",
  "models list --from outputs.json --limit 5": "an AWS account",
  "prices update": "AWS's offer files",
  "prices update --service AWSMachineLearningSavingsPlans": "AWS's offer files",
  "conform http://127.0.0.1:8080 --multi-model --model /opt/ml/models/NAME/model --invoke {period: 7}": "a container",
  "conform http://127.0.0.1:20921 --multi-model --model ROOT/models/trivial/model --invoke {period: 7} --accept application/json --timeout 20":
    "a container",
  local: "the main job: test/cli/commands/local.test.ts",
  "local --images DIR": "the main job: test/cli/commands/local.test.ts",
  "local --data FILE.csv --interrupt": "the main job: test/cli/commands/local.test.ts",
  "local --program DIR --stack S": "the main job: test/cli/commands/local.test.ts",
  "local --serve --port 4566": "a plane that stays up: test/cli/commands/local.test.ts",
  "local --serve --program .": "a plane that stays up: test/cli/commands/local.test.ts",
  "models list --from out/local.json --limit 20": "a plane that stays up",
  "models pin 42 --version-id 951ms60b0dkf --from out/local.json": "a plane that stays up",
  "models release 42 --from out/local.json": "a plane that stays up",
  "models rollback 42 --from out/local.json": "a plane that stays up",
  "models erase 42 --yes --from out/local.json": "a plane that stays up",
  "examples/fleet-endpoint/README.md: check --program .": "a second for each: test/examples/examples.test.ts",
  "examples/image-training/README.md: check --program .": "a second for each: test/examples/examples.test.ts",
  "examples/private-vpc/README.md: check --program .": "a second for each: test/examples/examples.test.ts",
  "examples/python-consumer/README.md: check --program .": "a second for each: test/examples/examples.test.ts",
  "examples/three-models/README.md: check --program .": "a second for each: test/examples/examples.test.ts",
};

/** Other programs, of which none is run here, each with what it needs. */
const OTHERS: Readonly<Record<string, string>> = {
  "(cd": "packs to publish",
  aws: "an AWS account",
  curl: "something that answers",
  docker: "Docker",
  done: "packs to publish",
  for: "packs to publish",
  jq: "a stack that is up",
  npm: "npm's registry",
  pip: "PyPI: npm run test:frameworks",
  pulumi: "Pulumi's CLI: npm run test:engine",
  "pulumi@3.265.0": "Pulumi's CLI: npm run test:engine",
  python: "packages of PyPI: npm run test:clients and test:frameworks",
};

/** Commands that find something in the files that they are given here, so that they exit with 1 as their page says. */
const FINDS = [
  "docs/check.md: check --state state.json",
  "docs/check.md: check --preview preview.json",
  "docs/waste.md: waste --state state.json --usage usage.yaml --fail-on 100",
];

/** Files that a page's commands are given: of the repository, or what a page shows, by page and language. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "docs/bring-your-own.md": {
    "columns.ts": "examples/csv-columns/columns.ts",
    "csvRows.ts": "examples/csv-columns/csvRows.ts",
  },
  "docs/check.md": {
    "preview.json": "test/cli/check/source/fixtures/preview-create.json",
    "state.json": "test/cli/check/source/fixtures/state.json",
  },
  "docs/price.md": { "usage.yaml": "docs/price.md yaml" },
  "docs/savings-plans.md": { "rates.json": "docs/savings-plans.md json" },
  "docs/waste.md": {
    "preview.json": "test/cli/check/source/fixtures/preview-create.json",
    "state.json": "test/cli/pricing/waste/fixtures/state.json",
    "usage.yaml": "test/docs/fixtures/usage.yaml",
  },
};

/** What the pages' folder has beside it: programs of one stack, and a pack. */
const BESIDE: Readonly<Record<string, string>> = {
  "company-pack": "test/cli/check/fixtures/acme",
  main: "test/docs/fixtures/shop",
  shop: "test/docs/fixtures/shop",
};

interface PageCommand extends ShownCommand {
  /** The command's words, and its page before them. */
  readonly line: string;
  readonly name: string;
  readonly page: string;
}

/** Commands of the pages' blocks for the shell. */
function pageCommands(): readonly PageCommand[] {
  return pages()
    .filter((page) => page !== README)
    .flatMap((page) => codeBlocks(page).filter(({ language }) => language === "sh"))
    .flatMap(({ page, code }) => shownCommands(code).map((shown) => ({ page, ...(behindNpm(shown) ?? shown) })))
    .map((shown) => ({ ...shown, line: shown.args.join(" "), name: `${shown.page}: ${shown.args.join(" ")}` }));
}

/** Lets the page's commands be given what it speaks of. @returns the folder to run them in */
function folderOf(page: string, home: string): string {
  // Whose commands write nothing there.
  if (page.startsWith("examples/") && !page.includes("csv-columns")) return path.join(ROOT, path.dirname(page));
  const folder = path.join(home, page.replace(/\W/g, "-"));
  const own = page.startsWith("examples/") ? path.dirname(page) : "test/docs/fixtures/shop";
  cpSync(path.join(ROOT, own), folder, { recursive: true, filter: (file) => path.basename(file) !== "dist" });
  for (const [name, source] of Object.entries(FILES[page] ?? {})) {
    const [shows = "", language] = source.split(" ");
    const shown = language && codeBlocks(shows).find((block) => block.language === language)?.code;
    writeFileSync(path.join(folder, name), shown ?? readFileSync(path.join(ROOT, source)));
  }
  return folder;
}

describe("commands of the pages", function () {
  this.timeout(60_000);
  const home = mkdtempSync(path.join(tmpdir(), "frugal-ml-commands-"));
  const cwd = process.cwd();
  const all = pageCommands();
  const ours = all.filter(({ program }) => program === "frugal-ml");
  const run = ours.filter(({ line, name }) => !Object.hasOwn(NOT_RUN, line) && !Object.hasOwn(NOT_RUN, name));
  const folders = new Map<string, string>();

  before(() => {
    symlinkSync(path.join(ROOT, "node_modules"), path.join(home, "node_modules"));
    for (const [name, source] of Object.entries(BESIDE)) {
      const filter = (file: string): boolean => path.basename(file) !== "Pulumi.dev.yaml";
      cpSync(path.join(ROOT, source), path.join(home, name), { recursive: true, filter });
    }
    for (const { page } of run) if (!folders.has(page)) folders.set(page, folderOf(page, home));
  });
  afterEach(() => process.chdir(cwd));
  after(() => rmSync(home, { recursive: true }));

  it("are run here, or it is known what they need", () => {
    const sorted = (names: readonly string[]) => [...new Set(names)].sort();
    const others = all.filter(({ program }) => program !== "frugal-ml");
    deepEqual(sorted(others.map(({ program }) => program)), sorted(Object.keys(OTHERS)));
    for (const [named, need] of Object.entries(NOT_RUN)) console.log(`      NOT run: ${named} (${need})`);
    const known = ours.flatMap(({ line, name }) => [line, name]);
    deepEqual(
      Object.keys(NOT_RUN).filter((named) => !known.includes(named)),
      [],
    );
    deepEqual(
      FINDS.filter((named) => !run.some(({ name }) => name === named)),
      [],
    );
  });

  for (const { page, name, args } of run) {
    it(name, async () => {
      process.chdir(folders.get(page) ?? "");
      const { exitCode, stdout, stderr } = await callCommand(args);
      equal(exitCode, FINDS.includes(name) ? 1 : 0, `${stdout}${stderr}`);
      notEqual(stdout, "");
    });
  }
});
