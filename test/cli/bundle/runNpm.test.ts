import { match } from "node:assert/strict";
import path from "node:path";
import { runNpm } from "../../../cli/bundle/runNpm";

describe("cli/bundle/runNpm", () => {
  const { npm_execpath: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env["npm_execpath"];
    else process.env["npm_execpath"] = before;
  });

  it("runs npm, also when another package manager runs this process", async () => {
    process.env["npm_execpath"] = path.join(path.sep, "usr", "lib", "yarn", "bin", "yarn.js");
    match(await runNpm(["--version"]), /^\d+\.\d+\.\d+\n$/);
  });
});
