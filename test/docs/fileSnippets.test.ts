import { deepEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readExceptions } from "../../cli/check/exceptions/readExceptions";
import { readPolicyConfiguration } from "../../cli/commands/readPolicyConfiguration";
import { readRates } from "../../cli/pricing/plans/readRates";
import { readUsage } from "../../cli/pricing/usage/readUsage";
import { loadModule } from "../../containers/forecast/loadedModule";
import { parseClassifierInput } from "../../contracts/classifierInput";
import { FleetEnvironment } from "../../contracts/fleetContainer";
import { type CodeBlock, codeBlocks, pages } from "./markdown";

/** What reads a file that a page shows; it throws when the file is not what it takes. */
type Reader = (file: string, code: string) => unknown;

/** Fits three readings with the page's module, and asks it for two steps ahead. */
function fitMean(file: string): void {
  const module = loadModule({ [FleetEnvironment.ModelModule]: file });
  const readings = { times: Float64Array.of(1, 2, 3), values: Float64Array.of(1, 2, 6) };
  const { model, predict } = module.fit(readings, module.options);
  deepEqual(model, { mean: 3 });
  deepEqual(Array.from(predict(Float64Array.of(4, 5)).mean), [3, 3]);
}

/** By page, language, and place among the page's blocks in this language. */
const READERS: Readonly<Record<string, Reader>> = {
  "docs/check.md json 1": readPolicyConfiguration,
  "docs/check.md yaml 1": readExceptions,
  "docs/models.md js 1": fitMean,
  "docs/price.md yaml 1": readUsage,
  "docs/savings-plans.md json 1": readRates,
  "examples/classifier/README.md json 1": (_, code) => parseClassifierInput(JSON.parse(code)),
};

/** What no reader of ours takes from a file, and what takes it instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "docs/classifier.md json 1": "an answer",
  "docs/classifier.md json 2": "a result",
  "docs/component-package.md yaml 1": "the engine's lane",
  "docs/pull-requests.md yaml 1": "GitHub Actions",
  "docs/stack-configuration.md yaml 1": "test/stacks/imagesConfig.test.ts",
  "docs/stack-configuration.md yaml 2": "test/stacks/imagesConfig.test.ts",
};

/** Files that pages show, by what {@link READERS} calls them. */
function shownFiles(): ReadonlyMap<string, CodeBlock> {
  const files = new Map<string, CodeBlock>();
  for (const page of pages()) {
    const counts = new Map<string, number>();
    for (const block of codeBlocks(page).filter(({ language }) => ["js", "json", "yaml"].includes(language))) {
      const count = (counts.get(block.language) ?? 0) + 1;
      counts.set(block.language, count);
      files.set(`${page} ${block.language} ${count}`, block);
    }
  }
  return files;
}

describe("files that the pages show", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-shown-"));
  const shown = shownFiles();
  after(() => rmSync(folder, { recursive: true }));

  it("are known here, each of them", () =>
    deepEqual([...shown.keys()].sort(), Object.keys({ ...READERS, ...ELSEWHERE }).sort()));

  for (const [name, reader] of Object.entries(READERS)) {
    it(`${name} is taken by what reads such a file`, () => {
      const { language, code } = shown.get(name) ?? { language: "", code: "" };
      const file = path.join(folder, `${name.replace(/\W+/g, "-")}.${language}`);
      writeFileSync(file, code);
      reader(file, code);
    });
  }
});
