import { deepEqual, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CommanderError } from "commander";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import * as z from "zod";
import { commandLine } from "../../cli/main";
import { rehearsed } from "../cli/commands/commandTree";
import { type CodeBlock, codeBlocks, pages, ROOT, textOf } from "./markdown";
import { behindNpm, type ShownCommand, shownCommands } from "./shellCommands";
import { typeErrors } from "./snippetProgram";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")));

/** Languages of code that are tested; any other is a mistake, except text, which is output. */
const LANGUAGES = ["ts", "js", "sh", "json", "yaml", "python", "text", ""];

/** Why a command line of frugal-ml is none; undefined when it is one. */
async function refused(args: readonly string[]): Promise<string | undefined> {
  const program = await commandLine(args[0]);
  const { printed } = rehearsed(program, () => {});
  try {
    await program.parseAsync([...args], { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : printed.join("").trim();
  }
}

/** Why a shown command cannot be what its page says. */
async function wrong(shown: ShownCommand): Promise<string | undefined> {
  const { program, args } = behindNpm(shown) ?? shown;
  if (program === "frugal-ml") return refused(args);
  if (program === "tsx") return existsSync(path.join(ROOT, args[0] ?? "")) ? undefined : "there is no such file";
  if (program !== "npm" || args[0] !== "run") return undefined;
  return scripts[args[1] ?? ""] === undefined ? "package.json has no such script" : undefined;
}

/** What is wrong with blocks, each with its page and line. */
function failures(blocks: readonly CodeBlock[], check: (code: string) => string | undefined): readonly string[] {
  return blocks.flatMap(({ page, line, code }) => {
    const why = check(code);
    return why === undefined ? [] : [`${page}:${line}: ${why}`];
  });
}

describe("code of the pages", function () {
  this.timeout(180_000);
  const blocks = pages().flatMap((page) => codeBlocks(page));
  const of = (language: string) => blocks.filter((block) => block.language === language);

  it("says in which language it is", () => {
    deepEqual(
      blocks.filter(({ language }) => !LANGUAGES.includes(language)).map(({ page, line }) => `${page}:${line}`),
      [],
    );
  });

  it("type-checks against the package, where it is TypeScript", () => {
    ok(of("ts").length >= 10);
    // One that is wrong, in the same program, shows that what is right was looked at.
    const code = 'new aws.sqs.Queue("q", { delay: 1 });\nnew NormalizingAccessPoint("a", { memorySize: "x" });\n';
    const [queue, accessPoint, ...errors] = typeErrors([
      { page: "wrong.md", line: 7, language: "ts", code },
      ...of("ts"),
    ]);
    match(queue ?? "", /^wrong\.md:7: .*'delay' does not exist in type 'QueueArgs'/);
    match(accessPoint ?? "", /^wrong\.md:8: .*'string' is not assignable to type 'Input<number>/);
    deepEqual(errors, []);
  });

  it("parses, where it is JavaScript, JSON or YAML", () => {
    deepEqual(
      [
        ...failures(of("js"), (code) => {
          const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: "block.js" });
          return diagnostics[0] && ts.flattenDiagnosticMessageText(diagnostics[0].messageText, "\n");
        }),
        ...failures(of("json"), (code) => {
          try {
            // A list may be shown by its brackets alone.
            JSON.parse(code.replace(/\[ … \]/g, "[]"));
            return undefined;
          } catch (error) {
            return String(error);
          }
        }),
        ...failures(of("yaml"), (code) => parseAllDocuments(code).flatMap(({ errors }) => errors)[0]?.message),
      ],
      [],
    );
    ok(of("yaml").length > 0 && of("json").length > 0 && of("js").length > 0);
  });

  it("shows commands that exist, with options that they have", async () => {
    const wrongs: string[] = [];
    let seen = 0;
    for (const { page, line, code } of of("sh")) {
      for (const shown of shownCommands(code)) {
        const why = await wrong(shown);
        seen++;
        if (why !== undefined) wrongs.push(`${page}:${line}: ${shown.program} ${shown.args.join(" ")}: ${why}`);
      }
    }
    ok(seen > 50, `${seen} commands`);
    deepEqual(wrongs, []);
  });

  it("names scripts of npm and commands of frugal-ml that exist, in the middle of a sentence too", async () => {
    const wrongs: string[] = [];
    const names = new Set((await commandLine()).commands.map((command) => command.name()));
    for (const page of pages()) {
      for (const [, script = ""] of textOf(page).matchAll(/`npm run ([\w:-]+)/g)) {
        if (scripts[script] === undefined) wrongs.push(`${page}: npm run ${script}`);
      }
      for (const [, command = ""] of textOf(page).matchAll(/`(?:npx )?frugal-ml ([a-z]+)/g)) {
        if (!names.has(command)) wrongs.push(`${page}: frugal-ml ${command}`);
      }
    }
    deepEqual(wrongs, []);
  });

  it("compiles, where it is Python", () => {
    const found = of("python");
    if (spawnSync("python3", ["--version"]).status !== 0) {
      console.log(`      ${found.length} blocks of Python were NOT compiled: there is no python3`);
      return;
    }
    const folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-docs-"));
    try {
      const files = found.map(({ page, line, code }) => {
        const file = path.join(folder, `${page.replace(/\W/g, "_")}_${line}.py`);
        writeFileSync(file, code);
        return file;
      });
      const { status, stderr } = spawnSync("python3", ["-m", "py_compile", ...files], { encoding: "utf8" });
      ok(files.length > 0 && status === 0, stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
