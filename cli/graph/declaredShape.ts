import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPackage } from "./programSdk";
import { packageOf, STACK_REFERENCE_TYPE } from "./resourceUrn";

/** Type of a result's property, as far as it matters here: text, an object of further properties, or something else. */
export type ResultType = "string" | "other" | readonly ResultProperty[];

/** A property of a function's result. */
export interface ResultProperty {
  readonly name: string;
  readonly optional: boolean;
  readonly type: ResultType;
  /** Whether it is a list of that type. */
  readonly list: boolean;
}

/** Types that no provider's package declares: the engine's own. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  [STACK_REFERENCE_TYPE]: ["name", "outputs", "secretOutputNames"],
};

/** How deep objects inside a result are looked into. */
const RESULT_DEPTH = 4;

/**
 * What the program's own provider packages declare about resources and functions. Providers cannot be asked, but their
 * generated Node packages list every property, in one file per resource or function.
 */
export class DeclaredShapes {
  readonly #outputs = new Map<string, readonly string[]>();
  readonly #results = new Map<string, readonly ResultProperty[]>();
  readonly #types = new Map<string, string>();

  /** @param from folder of the program, where packages are looked for */
  constructor(readonly from: string) {}

  /** Names of a resource type's properties, inputs and outputs; empty when its package does not say. */
  properties(type: string): readonly string[] {
    return remember(this.#outputs, type, () => {
      const builtIn = BUILT_IN[type];
      if (builtIn) return builtIn;
      const source = this.#read(type, ".js");
      const names = [...source.matchAll(/\b(?:resourceInputs|inputs)\["(\w+)"\]/g)].flatMap((match) => match[1] ?? []);
      return [...new Set(names)].filter((name) => !name.startsWith("__"));
    });
  }

  /** Properties of a function's result; empty when its package does not say. */
  results(token: string): readonly ResultProperty[] {
    return remember(this.#results, token, () => {
      const name = token.split(":")[2] ?? "";
      const source = this.#read(token, ".d.ts");
      return this.#members(source, `interface ${upperFirst(name)}Result {`, packageOf(token), RESULT_DEPTH);
    });
  }

  #members(source: string, declaration: string, packageName: string, depth: number): readonly ResultProperty[] {
    const start = source.indexOf(declaration);
    if (start === -1) return [];
    // Nested declarations do not occur: the first brace that closes a line is the interface's own.
    const body = source.slice(start + declaration.length, start + source.slice(start).search(/^ *\}/m));
    const members = body.matchAll(/^ +(?:readonly )?(\w+)(\??): ([^;{]+?)(\[\])?;$/gm);
    return [...members].map(([, name = "", optional, type = "", list]) => ({
      name,
      optional: optional === "?",
      type: this.#type(type, packageName, depth),
      list: list !== undefined,
    }));
  }

  #type(type: string, packageName: string, depth: number): ResultType {
    const object = /^outputs\.(?:\w+\.)*(\w+)$/.exec(type)?.[1];
    if (object === undefined || depth === 0) return type === "string" ? type : "other";
    const types = remember(this.#types, packageName, () => this.#readTypes(packageName));
    const members = this.#members(types, `interface ${object} {`, packageName, depth - 1);
    return members.length === 0 ? "other" : members;
  }

  /** All types of a package's results are in one file. */
  #readTypes(packageName: string): string {
    const folder = findPackage(this.from, `@pulumi/${packageName}`);
    const file = folder && join(folder, "types", "output.d.ts");
    return file && existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Version of a provider's package, which is also the version of the provider. */
  version(packageName: string): string | undefined {
    const folder = findPackage(this.from, `@pulumi/${packageName}`);
    if (folder === undefined) return undefined;
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const version = typeof manifest === "object" && manifest !== null && "version" in manifest && manifest.version;
    return typeof version === "string" ? version : undefined;
  }

  #read(token: string, extension: string): string {
    const folder = findPackage(this.from, `@pulumi/${packageOf(token)}`);
    if (folder === undefined) return "";
    const file = candidates(token)
      .map((path) => join(folder, path + extension))
      .find((path) => existsSync(path));
    return file === undefined ? "" : readFileSync(file, "utf8");
  }
}

/** Files that may declare a token: `aws:s3/bucket:Bucket` is in `s3/bucket`, `aws-native:s3:Bucket` too. */
function candidates(token: string): string[] {
  const [, moduleName = "", name = ""] = token.split(":");
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const folder = moduleName.replace(/^index(\/|$)/, "");
  return [folder, `${folder}/${file}`, file].filter((path) => path !== "");
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
