import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { codeBlocks } from "../docs/markdown";
import { shownCommands } from "../docs/shellCommands";
import { frameworks } from "./frameworks";
import { PAGE, pageParagraph, pageSpan } from "./pageSnippets";

describe("test/frameworks/pageSnippets", () => {
  const runs = frameworks().flatMap((framework) => framework.runs);

  it("finds every block of the page that is Python or calls it, so that npm run test:frameworks runs each", () => {
    const needed = codeBlocks(PAGE).filter(
      ({ language, code }) =>
        language === "python" ||
        (language === "sh" && shownCommands(code).some(({ program }) => ["pip", "python"].includes(program))),
    );
    const run = new Set(runs.flatMap(({ python, shell }) => [python?.code, shell?.code]));
    equal(needed.length, 3);
    deepEqual(
      needed.filter(({ code }) => !run.has(code)).map(({ line }) => `${PAGE}:${line}`),
      [],
    );
  });

  it("reads what the page says that models expect", () => {
    const { width, layout, fit, output, mean, scale } = runs.at(-1)?.input ?? {};
    deepEqual([width, layout, fit, output], [224, "nchw", "cover", "logits"]);
    // torchvision.transforms.Normalize has them for samples from 0 to 1.
    deepEqual(
      mean?.map((value) => Number((value / 255).toFixed(3))),
      [0.485, 0.456, 0.406],
    );
    deepEqual(
      scale?.map((value) => Number((1 / 255 / value).toFixed(3))),
      [0.229, 0.224, 0.225],
    );
  });

  it("names pinned versions", () => {
    for (const { name, requirements } of frameworks()) {
      const pinned = readFileSync(requirements, "utf8").toLowerCase().split("\n");
      const named = [...pageParagraph(`**${name}**`).matchAll(/(\w+) (\d+\.\d+\.\d+)/g)];
      const packages: Readonly<Record<string, string>> = { pytorch: "torch", tensorflow: "tensorflow_cpu" };
      const lines = named.map(([, product = "", version]) => {
        const word = product.toLowerCase();
        return `${packages[word] ?? word}==${version}`;
      });
      equal(lines.length, name === "PyTorch" ? 3 : 4, lines.join());
      deepEqual(
        lines.filter((line) => !pinned.includes(line)),
        [],
      );
    }
  });

  it("refuses what the page shows twice or not at all", () => {
    const failed = (begin: string): string => {
      try {
        return pageSpan(begin).code;
      } catch (error) {
        return String(error);
      }
    };
    equal(failed("FRUGAL_ML_LIMIT"), `Error: ${PAGE} has 0 pieces of code that begin FRUGAL_ML_LIMIT; allowed: one`);
    equal(failed("FRUGAL_ML_MODEL"), `Error: ${PAGE} has 2 pieces of code that begin FRUGAL_ML_MODEL; allowed: one`);
    equal(failed("sha256sum "), "sha256sum model.onnx labels.json\n");
  });
});
