import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { captureGraph } from "../../../cli/graph/captureGraph";
import { ProgramSources } from "../../../cli/graph/programSources";
import { readProject } from "../../../cli/graph/project";
import type { ResourceGraph } from "../../../contracts/graph";
import { withTemporaries } from "../withTemporaries";

const ROOT = path.resolve(__dirname, "../../..");

/** A program in which a compiler shows how it takes modules, fields, parameters, enums and decorators. */
const INDEX = `
import * as pulumi from "@pulumi/pulumi";
import * as paths from "node:path";
import util from "node:util";
import * as semver from "semver";
import parts, { Kind, type Nothing, marked } from "./parts";
import data from "./data.json";
import type * as never from "./never";

interface Options { readonly nothing?: Nothing; readonly never?: typeof never }

@marked
class Box extends pulumi.ComponentResource {
  private given = this.options.nothing === undefined;
  size!: number;
  constructor(name: string, private readonly options: Options) {
    super("test:index:Box", name);
    this.registerOutputs({ given: this.given, declared: Object.hasOwn(this, "size") });
  }
}

const one =
  new Box("one", {});
const made = [2].map((n) => {
  return new Box(\`box-\${n}\`, {});
});

export const kinds = [Kind.Small, Kind.Large, Kind[1]];
export const modules = {
  sdk: pulumi === require("@pulumi/pulumi"),
  paths: paths === require("node:path"),
  pathsDefault: typeof (paths as any).default,
  callable: typeof semver,
  util: typeof util,
  parts: parts.name,
  data: typeof data,
  marked: (Box as any).marked,
  strict: (function (this: unknown) { return this === undefined; })(),
  strictScript: require("./plain").strict,
  script: typeof __filename === "string" && paths.basename(__filename),
};
export const captured = pulumi.runtime
  .serializeFunction(() => pulumi.log, {})
  .then(({ text }) => text.match(/require\\(.*?\\)/g));
export const boxes = [one, ...made].length;
`;

const PARTS = `
import { later } from "./deep";
export enum Kind { Small, Large = 5, Medium = 1 }
export type Nothing = undefined;
export const marked = (target: Function): void => void Object.assign(target, { marked: later() });
export const name = "parts";
export default { name: "the default" };
`;

const PLAIN = "exports.strict = (function (this: unknown) { return this === undefined; })();";

const DEEP = `
import * as back from "../parts";
export const later = (): string => "by " + back.name;
`;

describe("TypeScript compiled while its program starts", function () {
  this.timeout(60_000);
  let folder: string;
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-program-"));
    put("Pulumi.yaml", "name: compiled\nruntime: nodejs\n");
    put("Pulumi.dev.yaml", "");
    put("package.json", "{}");
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const captured = (): Promise<ResourceGraph> => captureGraph({ program: folder, stack: "dev", mode: "preview" });
  const begun = (): boolean => {
    const sources = ProgramSources.of(readProject(folder));
    sources?.remove();
    return sources !== undefined;
  };

  for (const [module, resolution] of [
    ["commonjs", "node"],
    ["nodenext", "nodenext"],
  ] as const) {
    it(`does what it does when the SDK has it compiled: ${module}`, async () => {
      put("index.ts", INDEX);
      put("parts.ts", PARTS);
      put("plain.ts", PLAIN);
      put("deep/index.ts", DEEP);
      put("data.json", "{}");
      const options = `{ "module": "${module}", "moduleResolution": "${resolution}", "target": "ES2020", "experimentalDecorators": true, "resolveJsonModule": true, }`;
      put("tsconfig.json", `{ /* "extends": "none" */ "compilerOptions": ${options}, // the end\n}`);
      equal(begun(), true);
      const ours = await captured();
      put("base.json", "{}");
      put("tsconfig.json", `{ "extends": "./base.json", "compilerOptions": ${options} }`);
      equal(begun(), false);
      const theirs = await captured();
      // Inside a callback, the SDK's place of an expression is where the callback begins.
      deepEqual(withoutPlaces(ours), withoutPlaces(theirs));
      deepEqual(ours.outputs["kinds"], [0, 5, "Medium"]);
      deepEqual(ours.outputs["captured"], ['require("@pulumi/pulumi/log/index.js")']);
      deepEqual(
        ours.resources.flatMap(({ name, location }) => (location ? [[name, location.line, location.column]] : [])),
        [
          ["one", 23, 3],
          ["box-2", 25, 10],
        ],
      );
    });
  }

  it("imports later what TypeScript would require later", async () => {
    put(
      "index.ts",
      'require("node:fs").appendFileSync(__dirname + "/starts", "1");\n' +
        'export const later = import("./parts").then(({ name }) => name);\n',
    );
    put("parts.ts", 'export const name: string = "parts";\n');
    put("tsconfig.json", '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "node" } }');
    deepEqual((await captured()).outputs, { later: "parts" });
    // A run that fails is run again; this one need not.
    equal(readFileSync(path.join(folder, "starts"), "utf8"), "1");
  });

  it("is left to the SDK where only the compiler can tell", () => {
    put("index.ts", "export {};\n");
    put("inner/index.ts", "export {};\n");
    const cases: readonly (readonly [string, string, boolean])[] = [
      ["tsconfig.json", '{ "compilerOptions": { "strict": true } }', true],
      ["tsconfig.json", '{ "compilerOptions": { "emitDecoratorMetadata": true } }', false],
      ["tsconfig.json", '{ "compilerOptions": { "module": "esnext" } }', false],
      ["tsconfig.json", '{ "compilerOptions": { "target": "ES5" } }', false],
      ["tsconfig.json", "not JSON", false],
      ["tsconfig.json", "{}", true],
      ["package.json", '{ "type": "module" }', false],
      ["package.json", '{ "main": "dist/index.js" }', false],
      ["package.json", '{ "exports": "./index.ts" }', false],
      ["package.json", '{ "main": "index.ts" }', true],
      ["Pulumi.yaml", "name: compiled\nruntime: nodejs\nmain: inner/index.ts\n", true],
      ["package.json", '{ "type": "module" }', false],
      ["package.json", "{}", true],
      ["Pulumi.yaml", "name: compiled\nruntime: { name: nodejs, options: { nodeargs: --no-warnings } }\n", false],
      ["Pulumi.yaml", "name: compiled\nruntime: { name: nodejs, options: { typescript: false } }\n", false],
    ];
    for (const [name, text, expected] of cases) {
      put(name, text);
      equal(begun(), expected, `${name}: ${text}`);
    }
  });

  it("is left to the SDK where the compilers differ, and nowhere else", async () => {
    put("parts.ts", "export const zeta = 1;\nexport const alpha = 2;\n");
    const cases: readonly (readonly [string, boolean])[] = [
      ['import * as parts from "./parts";\nexport const one = [parts.zeta, "parts", "the-parts", { parts: 1 }];', true],
      ['import * as parts from "./parts";\nexport const order = Object.keys(parts);', false],
      ['export * as parts from "./parts";', false],
      ["export const exported = 1;\nexports.lost = 2;", false],
      ["export const empty = import.meta.url;", false],
      ["export const none = this;", false],
      ['import * as semver from "semver";\nexport const version = (semver as any)("1.0.0");', true],
      ['import unused = require("./parts");', false],
      ['import unused = require("@pulumi/pulumi");', true],
    ];
    for (const [text, expected] of cases) {
      put("index.ts", text);
      const sources = ProgramSources.of(readProject(folder));
      ok(sources);
      while (!existsSync(sources.file)) await new Promise((resolve) => setTimeout(resolve, 2));
      equal(path.join(folder, "index.ts") in JSON.parse(readFileSync(sources.file, "utf8")), expected, text);
      sources.remove();
    }
  });

  it("is left to the SDK where nothing can be written", async () => {
    put("index.ts", "export {};\n");
    equal(await withTemporaries(path.join(folder, "absent"), begun), false);
  });

  it("is run again with the SDK's compiler when a module was not foreseen, and leaves nothing behind", async () => {
    put(
      "index.ts",
      'import * as folder from "./part";\nconst name: string = "./hidden";\nlet text = "none";\n' +
        "try {\n  text = require(name).text;\n} catch {}\nexport const hidden = text;\nexport const part = folder.part;\n",
    );
    put("hidden.ts", 'export const text: string = "found";\n');
    put("part/index.ts", 'export const part: string = "a folder";\n');
    const temporaries = path.join(folder, "temporaries");
    mkdirSync(temporaries);
    deepEqual((await withTemporaries(temporaries, captured)).outputs, { hidden: "found", part: "a folder" });
    put("part.tsx", 'export const part: string = "a file";\n');
    put("index.ts", 'import "./part/index";\nexport { part } from "./part";\n');
    deepEqual((await withTemporaries(temporaries, captured)).outputs, { part: "a file" });
    deepEqual(
      readdirSync(temporaries).filter((name) => name.startsWith("frugal-ml-")),
      [],
    );
  });

  it("is told of as the SDK tells it when it cannot be compiled", async () => {
    put("index.ts", "export const x: string = ;\n");
    await rejects(captured(), ({ code, message }: { code: string; message: string }) => {
      equal(code, "ProgramFailed");
      match(message, /index\.ts.*1.*Expression expected/s);
      return true;
    });
  });

  it("does not see what it is given its modules with", async () => {
    put(
      "index.ts",
      'export const seen = Object.keys(process.env).filter((name) => name.startsWith("FRUGAL_ML_PROGRAM"));\n',
    );
    deepEqual((await captured()).outputs, { seen: [] });
    equal(existsSync(path.join(folder, "index.js")), false);
    match(readFileSync(path.join(folder, "index.ts"), "utf8"), /seen/);
  });
});

function withoutPlaces({ resources, ...graph }: ResourceGraph): unknown {
  return {
    ...graph,
    resources: resources.map(({ location, ...resource }) => ({ ...resource, placed: location?.file })),
  };
}
