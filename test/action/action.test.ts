import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const ROOT = join(__dirname, "..", "..");

const Action = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.object({
    using: z.literal("composite"),
    steps: z.array(
      z.object({
        name: z.string(),
        id: z.string().optional(),
        if: z.string().optional(),
        shell: z.string().optional(),
        uses: z.string().optional(),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
        "continue-on-error": z.boolean().optional(),
      }),
    ),
  }),
});

const source = readFileSync(join(ROOT, "action.yml"), "utf8");
const { inputs, runs } = Action.parse(parse(source));

/** Stands in for frugal-ml: notes its arguments, writes what it is asked to, ends as the stack's name says. */
const FRUGAL = `#!/usr/bin/env bash
printf '%s\\n' "$@" >> "$TEST_FOLDER/arguments"; echo -- >> "$TEST_FOLDER/arguments"
stack=""; code=0
while [ $# -gt 0 ]; do
  case "$1" in
    --stack) stack="$2"; shift ;;
    --report) echo "report of $stack" > "\${2#*=}"; shift ;;
  esac
  shift
done
case "$stack" in bad*) code=1 ;; broken*) echo "::set-output name=x::y" >&2; code=2 ;; esac
echo "::error file=a.ts::$stack"
exit $code
`;

/** Stands in for GitHub's command line: notes what it is asked, knows the comments it is given, may only read. */
const GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$TEST_FOLDER/gh"
case "$*" in
  *--paginate*) [ "\${TEST_TOKEN:-}" != none ] || exit 1; [ ! -f "$TEST_FOLDER/comments" ] || cat "$TEST_FOLDER/comments" ;;
  *) [ "\${TEST_TOKEN:-}" != read ] || { echo "HTTP 403" >&2; exit 1; }; for last; do :; done; cp "\${last#body=@}" "$TEST_FOLDER/posted" ;;
esac
`;

describe("the GitHub Action", () => {
  let folder: string;
  const content = (name: string) => readFileSync(join(folder, name), "utf8");
  const run = (name: string, environment: Record<string, string>) => {
    const step = runs.steps.find((candidate) => candidate.name === name);
    const result = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step?.run ?? "exit 99"], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
        TEST_FOLDER: folder,
        GITHUB_OUTPUT: join(folder, "output"),
        ...environment,
      },
    });
    return { code: result.status, output: result.stdout, errors: result.stderr };
  };
  const check = (change: Record<string, string>) =>
    run("Check", {
      INPUT_PROGRAM: "infra",
      INPUT_STACKS: "",
      INPUT_PACKS: "",
      INPUT_CONFIG: "",
      INPUT_EXCEPTIONS: "",
      INPUT_BASELINE: "",
      INPUT_FAIL_ON: "violation",
      INPUT_FOLDER: join(folder, "reports"),
      INPUT_COMMAND: "fake-frugal-ml --quiet",
      ...change,
    });
  const comment = (change: Record<string, string> = {}) =>
    run("Comment", {
      GH_TOKEN: "t",
      REPORTS: join(folder, "reports"),
      REPOSITORY: "acme/shop",
      PULL_REQUEST: "7",
      INPUT_PROGRAM: "infra",
      ...change,
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-action-"));
    mkdirSync(join(folder, "bin"));
    for (const [name, text] of [
      ["fake-frugal-ml", FRUGAL],
      ["gh", GH],
    ] as const) {
      writeFileSync(join(folder, "bin", name), text);
      chmodSync(join(folder, "bin", name), 0o755);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("uses inputs that exist, and every one of them", () => {
    const used = [...source.matchAll(/inputs\.([a-z-]+)/g)].map(([, name = ""]) => name);
    deepEqual([...new Set(used)].sort(), Object.keys(inputs).sort());
  });

  it("puts nothing from outside into a script, and runs no action that can change under it", () => {
    for (const step of runs.steps) {
      equal(step.run?.includes("${{") ?? false, false, step.name);
      equal(step.run === undefined, step.shell === undefined);
      if (step.uses) match(step.uses, /@[0-9a-f]{40}$/);
    }
    const scripts = runs.steps.flatMap(({ run: script = "", env }) =>
      Object.keys(env).filter((name) => !script.includes(name) && name !== "GH_TOKEN"),
    );
    deepEqual(scripts, []);
  });

  it("checks every stack once, and ends as the worst of them", () => {
    const { code, output } = check({
      INPUT_STACKS: "dev  bad\nprod",
      INPUT_PACKS: "packs/one\n\npacks/two words\n",
      INPUT_CONFIG: "p.json",
      INPUT_EXCEPTIONS: "e.yaml",
      INPUT_BASELINE: "b.json",
    });
    equal(code, 0);
    equal(output, "::error file=a.ts::dev\n::error file=a.ts::bad\n::error file=a.ts::prod\n");
    const calls = content("arguments").split("--\n").slice(0, -1);
    equal(calls.length, 3);
    const words = calls[1]?.split("\n") ?? [];
    const valuesOf = (option: string) => words.flatMap((word, index) => (word === option ? [words[index + 1]] : []));
    deepEqual(words.slice(0, 2), ["--quiet", "check"]);
    deepEqual(valuesOf("--stack"), ["bad"]);
    deepEqual(valuesOf("--program"), ["infra"]);
    deepEqual(valuesOf("--pack"), ["packs/one", "packs/two words"]);
    deepEqual(["--config", "--exceptions", "--baseline", "--fail-on", "--markdown-limit"].flatMap(valuesOf), [
      "p.json",
      "e.yaml",
      "b.json",
      "violation",
      "20000",
    ]);
    equal(existsSync(join(folder, "reports", "sarif", "1-bad.sarif")), true);
    equal(content("output"), `exit-code=1\nreports=${join(folder, "reports")}\n`);
  });

  it("gives each of very many stacks as little of the comment as the command takes", () => {
    check({ INPUT_STACKS: Array.from({ length: 40 }, (_, index) => `s${index}`).join(" ") });
    match(content("arguments"), /^--markdown-limit\n2000$/m);
  });

  it("leaves the choice of the stack to the command", () => {
    equal(check({}).code, 0);
    equal(content("arguments").includes("--stack"), false);
    match(content("output"), /^exit-code=0$/m);
  });

  it("says when a stack cannot be checked, without obeying what it prints", () => {
    const { code, output } = check({ INPUT_STACKS: "broken dev" });
    equal(code, 0);
    match(output, /::stop-commands::(guard-\d+)\n::set-output name=x::y\n::\1::\n/);
    match(content("output"), /^exit-code=2$/m);
    match(content("reports/0-broken.md"), /could not check broken/);
  });

  it("runs nothing that an input says", () => {
    const evil = `$(touch ${join(folder, "pwned")}); touch ${join(folder, "pwned")} #\``;
    check({ INPUT_STACKS: evil, INPUT_PROGRAM: evil, INPUT_PACKS: evil, INPUT_CONFIG: evil, INPUT_FAIL_ON: evil });
    equal(existsSync(join(folder, "pwned")), false);
    comment({ INPUT_PROGRAM: `${evil}"'--><b>` });
    equal(existsSync(join(folder, "pwned")), false);
  });

  it("writes one comment for all stacks, and later writes over it", () => {
    check({ INPUT_STACKS: "dev prod" });
    equal(comment().code, 0);
    equal(content("posted"), "<!-- frugal-ml check infra -->\nreport of dev\nreport of prod\n");
    match(content("gh"), /--method POST repos\/acme\/shop\/issues\/7\/comments/);
    match(content("gh"), /startswith\("<!-- frugal-ml check infra -->"\)/);
    writeFileSync(join(folder, "comments"), "4711\n4712\n");
    equal(comment().code, 0);
    match(content("gh"), /--method PATCH repos\/acme\/shop\/issues\/comments\/4711 /);
    equal(content("gh").split("POST").length, 2);
  });

  it("goes on without a comment where the token may only read", () => {
    check({ INPUT_STACKS: "dev" });
    for (const token of ["read", "none"]) {
      const { code, output } = comment({ TEST_TOKEN: token });
      equal(code, 0);
      match(output, /^::notice title=frugal-ml check::No comment was written/m);
    }
    equal(existsSync(join(folder, "posted")), false);
  });

  it("fails last, so that every report is out before", () => {
    equal(runs.steps.at(-1)?.name, "Verdict");
    deepEqual(
      ["0", "1", "2"].map((code) => run("Verdict", { EXIT_CODE: code }).code),
      [0, 1, 2],
    );
    ok(runs.steps.find(({ uses }) => uses)?.["continue-on-error"]);
  });
});
