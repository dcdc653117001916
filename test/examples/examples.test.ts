import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { checkGraph } from "../../cli/check/checkGraph";
import { readExceptions } from "../../cli/check/exceptions/readExceptions";
import { failing } from "../../cli/check/failOn";
import { readPolicyConfiguration } from "../../cli/commands/readPolicyConfiguration";
import { captureGraph } from "../../cli/graph/captureGraph";
import { shippedBook } from "../../cli/pricing/book/readPriceBook";
import { priceGraph } from "../../cli/pricing/priceGraph";
import { usageOf } from "../../cli/pricing/usage/usage";
import { money } from "../../cli/report/priceWords";
import { REPOSITORY } from "../cli/local/handmadePlane";

const EXAMPLES = path.join(REPOSITORY, "examples");

/** Resources that each example declares, and what of them is paid whether they are used or not, in dollars a month. */
const EXPECTED: Readonly<Record<string, { readonly resources: number; readonly fixed: string }>> = {
  "one-model": { resources: 15, fixed: "$5.14" },
  "three-models": { resources: 30, fixed: "$5.14" },
  "fleet-endpoint": { resources: 28, fixed: "$67.71" },
  "image-training": { resources: 37, fixed: "$5.40" },
  "private-vpc": { resources: 49, fixed: "$73.11" },
  "python-consumer": { resources: 40, fixed: "$72.85" },
  classifier: { resources: 29, fixed: "$0.23" },
  organisation: { resources: 5, fixed: "$0.00" },
};

/** Examples in other languages, which are captured by no Node.js; packagePrograms.test.ts and test/engine cover them. */
const OTHER_LANGUAGES = ["go-program", "python-program", "yaml"];

/** Examples whose program needs an archive that the reader bundles first; a test of their own covers them. */
const BUNDLED = ["csv-columns"];

const Project = z.object({ runtime: z.union([z.string(), z.object({ name: z.string() })]) });

/** Language host that runs an example. */
function runtimeOf(name: string): string {
  const { runtime } = Project.parse(parse(readFileSync(path.join(EXAMPLES, name, "Pulumi.yaml"), "utf8")));
  return typeof runtime === "string" ? runtime : runtime.name;
}

describe("examples", function () {
  this.timeout(60_000);
  const names = readdirSync(EXAMPLES).filter((name) => existsSync(path.join(EXAMPLES, name, "Pulumi.yaml")));

  it("are all known here", () => {
    const captured = names.filter((name) => runtimeOf(name) === "nodejs" && !BUNDLED.includes(name));
    deepEqual(captured.sort(), Object.keys(EXPECTED).sort());
    deepEqual(names.filter((name) => runtimeOf(name) !== "nodejs").sort(), OTHER_LANGUAGES);
    for (const name of names) ok(existsSync(path.join(EXAMPLES, name, "README.md")), `${name} has no README.md`);
  });

  it("tell Pulumi how their sources are compiled, as the repository compiles them", () => {
    const Compiler = z.object({ target: z.string(), lib: z.array(z.string()), module: z.string() });
    const compiler = (folder: string): unknown =>
      z
        .object({ compilerOptions: Compiler })
        .parse(JSON.parse(readFileSync(path.join(folder, "tsconfig.json"), "utf8"))).compilerOptions;
    const expected = compiler(REPOSITORY);
    const importing = names.filter((name) => {
      const program = path.join(EXAMPLES, name, "index.ts");
      return existsSync(program) && readFileSync(program, "utf8").includes('"../../components"');
    });
    ok(importing.length > 0);
    // Pulumi looks for the file beside the program, and takes an older language where there is none.
    for (const name of importing) deepEqual(compiler(path.join(EXAMPLES, name)), expected, name);
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`${name}: is captured, breaks no rule, and has a price`, async () => {
      const program = path.join(EXAMPLES, name);
      const graph = await captureGraph({ program, stack: "local", mode: "preview" });
      const [config, exceptions] = ["policy.json", "frugal-ml-exceptions.yaml"].map((file) => path.join(program, file));
      const result = await checkGraph(graph, {
        packs: [],
        configuration: existsSync(config ?? "") ? readPolicyConfiguration(config ?? "") : {},
        ...(existsSync(exceptions ?? "") && { exceptions: readExceptions(exceptions ?? "") }),
      });
      deepEqual(failing(result, "violation"), []);
      const bill = priceGraph(graph, shippedBook(), usageOf(), new Date());
      const fixed = money(bill.fixed.expected);
      deepEqual({ resources: result.resources, fixed }, expected);
    });
  }
});
