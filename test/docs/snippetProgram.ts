import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { type CodeBlock, ROOT } from "./markdown";
import { SNIPPET_GLOBALS } from "./snippetGlobals";

/** Where the snippets and what they share would lie; no file is written. */
const FOLDER = path.join(ROOT, "test/docs/snippets");
const GLOBALS = path.join(FOLDER, "globals.d.mts");
const AWS = path.join(FOLDER, "aws.d.ts");

/** What a reader of the pages imports, as it stands here and not as it was last built. */
const PACKAGE = {
  "frugal-ml": ["components/index.ts"],
  "frugal-ml/client": ["clients/node/normalizedImages.ts"],
  "frugal-ml/models": ["clients/node/customerModels.ts"],
};

/**
 * Type-checks blocks of TypeScript against the package, all in one program, each as a module of its own. Names that a page
 * takes for granted are those of {@link SNIPPET_GLOBALS}; an object that is only shown is wrapped in parentheses.
 * @returns a line for each error, with page and line
 */
export function typeErrors(blocks: readonly CodeBlock[]): readonly string[] {
  const files = new Map([
    [GLOBALS, SNIPPET_GLOBALS],
    [AWS, usedServices([...componentSources(), SNIPPET_GLOBALS, ...blocks.map(({ code }) => code)])],
  ]);
  const places = new Map<string, CodeBlock>();
  for (const block of blocks) {
    const file = path.join(FOLDER, `${block.page.replace(/[^A-Za-z0-9]/g, "-")}-${block.line}.mts`);
    files.set(file, moduleOf(block.code));
    places.set(file, block);
  }
  const options = compilerOptions();
  const program = ts.createProgram([...files.keys()], options, virtualHost(options, files));
  return [...places].flatMap(([file, { page, line }]) => {
    const source = program.getSourceFile(file);
    if (source === undefined) return [`${page}:${line}: was not compiled`];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((problem) => {
      const at = source.getLineAndCharacterOfPosition(problem.start ?? 0).line;
      return `${page}:${line + at}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
    });
  });
}

/**
 * The provider's package with those of its services alone that are named: it has hundreds, and to read them all takes most of
 * the time.
 */
function usedServices(sources: readonly string[]): string {
  const named = new Set(
    sources.flatMap((text) => [...text.matchAll(/\b[aA]ws\.([a-z]\w*)/g)].map(([, name = ""]) => name)),
  );
  const folder = path.join(ROOT, "node_modules/@pulumi/aws");
  const services = [...named].filter((name) => existsSync(path.join(folder, name, "index.d.ts")));
  return services.map((name) => `export * as ${name} from ${JSON.stringify(path.join(folder, name))};\n`).join("");
}

function componentSources(): readonly string[] {
  const folder = path.join(ROOT, "components");
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return files.map((file) => readFileSync(path.join(folder, file), "utf8"));
}

/** A block as a module. A property, or an object that would be read as a block, is shown and not run. */
export function moduleOf(code: string): string {
  const body = /^\s*\{/.test(code) ? asObjects(code) : /^\w+: /.test(code) ? `void {\n${code}};\n` : code;
  // On the last line, so that lines are those of the page.
  return `${body}export {};\n`;
}

/** Objects that stand one on a line. */
function asObjects(code: string): string {
  return code
    .split("\n")
    .map((line) => line.replace(/^(\{.*\})(\s*(?:\/\/.*)?)$/, "void ($1);$2"))
    .join("\n");
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const paths = Object.fromEntries(
    Object.entries(PACKAGE).map(([name, at]) => [name, at.map((file) => path.join(ROOT, file))]),
  );
  paths["@pulumi/aws"] = [AWS];
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false, types: ["node"], paths };
}

function virtualHost(options: ts.CompilerOptions, files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  return {
    ...host,
    fileExists: (file) => files.has(file) || fileExists.call(host, file),
    readFile: (file) => files.get(file) ?? readFile.call(host, file),
    getSourceFile: (file, version, ...rest) => {
      const text = files.get(file);
      return text === undefined
        ? getSourceFile.call(host, file, version, ...rest)
        : ts.createSourceFile(file, text, version, true);
    },
  };
}
