import { equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { FIRST_DEPLOY_PAGE, firstDeployPage, quotaTable } from "../../build/firstDeployPage";
import { declared, graphOf } from "../policy/declared";

const ROOT = path.resolve(__dirname, "../..");

describe("page of the first deployment", function () {
  this.timeout(120_000);

  it("has the quotas and the idle costs of the stacks as they are (regenerate: npm run docs:first-deploy)", async () => {
    const page = await firstDeployPage(ROOT);
    const committed = readFileSync(path.join(ROOT, FIRST_DEPLOY_PAGE), "utf8");
    ok(
      committed === page,
      `${FIRST_DEPLOY_PAGE} has other figures than the stacks: npm run docs:first-deploy writes it anew`,
    );
    match(page, /\| sagemaker \| ml\.c7g\.large for endpoint usage \| \d+ \| \d+ \|/);
    const [, total, endpoint, metrics] =
      /costs \*\*\$([\d.]+) a month\*\*.*: \$([\d.]+) of it are instances.* and \$([\d.]+) are metrics/.exec(page) ??
      [];
    ok(Number(endpoint) > 0 && Number(endpoint) + Number(metrics) <= Number(total), `${total} ${endpoint} ${metrics}`);
  });

  it("has a column for each stack, and no figure where one needs nothing", () => {
    const needs = declared("aws:sagemaker/notebookInstance:NotebookInstance", "n", { instanceType: "ml.t3.medium" });
    const [first, second] = [graphOf(needs), graphOf()];
    equal(
      quotaTable([first, second]),
      [
        `| service | quota | ${first.stack} | ${second.stack} |`,
        "|---|---|---:|---:|",
        "| sagemaker | ml.t3.medium for notebook instance usage | 1 | – |",
      ].join("\n"),
    );
  });
});
