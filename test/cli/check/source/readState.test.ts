import { deepEqual, equal, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { readState } from "../../../../cli/check/source/readState";
import { AssetReference, type GraphResource, isGraphObject, Secret, Unknown } from "../../../../contracts/graph";

const FIXTURES = join(__dirname, "fixtures");
const EVERYTHING = ["Serving::serving", "Role::role", "Function::resizer", "Target::serving-scaling"];

describe("an exported stack", () => {
  let folder: string;
  const state = (content: object | string) => {
    const file = join(folder, "state.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  const resource = (change: object) => ({
    urn: "urn:pulumi:dev::shop::t:i:Thing::thing",
    type: "t:i:Thing",
    custom: true,
    ...change,
  });
  const read = (...resources: object[]) => readState(state({ version: 3, deployment: { resources } }), folder);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const named = (resources: readonly GraphResource[], end: string) => {
    const found = resources.find(({ urn }) => urn.endsWith(end));
    if (!found) throw new Error(`no ${end}`);
    return found;
  };

  it("is the graph that the engine recorded", () => {
    const { project, stack, mode, resources } = readState(join(FIXTURES, "state.json"), folder);
    deepEqual([project, stack, mode, resources.length], ["shop", "dev", "resolved", 10]);
    for (const end of EVERYTHING) named(resources, end);
    const { name, parent, id, provider, location, dependencies, inputs } = named(resources, "Function::resizer");
    deepEqual([name, parent], ["resizer", "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"]);
    equal(id?.startsWith("resizer-"), true);
    equal(provider, "urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0");
    deepEqual(location, { file: "index.ts", line: 48, column: 24 });
    deepEqual(dependencies, ["urn:pulumi:dev::shop::aws:iam/role:Role::role"]);
    equal(inputs["handler"], "index.handler");
    const code = inputs["code"];
    equal(code instanceof AssetReference && code.kind, "assets");
    equal(named(resources, "Serving::serving").custom, false);
    equal(named(resources, "providers:aws::default_7_48_0").implicit, true);
  });

  it("keeps secrets secret: unknown when encrypted, never printed when in clear", () => {
    const token = (file: string) => {
      const graph = readState(join(FIXTURES, file), folder);
      equal(JSON.stringify(graph).includes("hunter2"), false);
      equal(inspect(graph, { depth: 20 }).includes("hunter2"), false);
      const environment = named(graph.resources, "Function::resizer").inputs["environment"];
      const variables = isGraphObject(environment) ? environment["variables"] : undefined;
      return isGraphObject(variables) ? variables["TOKEN"] : undefined;
    };
    const encrypted = token("state.json");
    equal(encrypted instanceof Secret && encrypted.value instanceof Unknown, true);
    const clear = token("state-in-clear.json");
    equal(clear instanceof Secret && clear.value, "hunter2-in-clear");
  });

  it("leaves out what is on its way out, and keeps what was only read as such", () => {
    const old = resource({ delete: true, id: "old" });
    const looked = resource({ urn: "urn:pulumi:dev::shop::t:i:Thing::looked", external: true });
    const { resources } = read(old, resource({ id: "new" }), looked);
    deepEqual(
      resources.map(({ id, external }) => [id, external]),
      [
        ["new", undefined],
        [undefined, true],
      ],
    );
  });

  it("reads what Windows PowerShell redirects, and what begins with a byte order mark", () => {
    const text = `\uFEFF${JSON.stringify({ version: 3, deployment: { resources: [resource({ id: "é" })] } })}`;
    for (const encoding of ["utf8", "utf16le"] as const) {
      const file = state("");
      writeFileSync(file, text, encoding);
      deepEqual(
        readState(file, folder).resources.map(({ id }) => id),
        ["é"],
      );
    }
  });

  it("reads properties and names that objects have anyhow, and names of several lines", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const inputs = { constructor: unknown, toString: unknown };
    const [read1] = read(resource({ urn: "urn:pulumi:dev::shop::t:i:Thing::two\nlines", inputs })).resources;
    equal(read1?.name, "two\nlines");
    equal(
      Object.values(read1?.inputs ?? {}).every((value) => value instanceof Unknown),
      true,
    );
  });

  it("counts lines and columns from 1", () => {
    const at = (sourcePosition: string) => read(resource({ sourcePosition })).resources[0]?.location;
    deepEqual(at("project:///index.ts#3,0"), { file: "index.ts", line: 3, column: 1 });
    deepEqual([at("project:///index.ts#0"), at("project:///index.ts#99999999999999999999999")], [undefined, undefined]);
  });

  it("refuses what is none, without a word of what is in it", () => {
    const refused = (file: string, message: RegExp) =>
      throws(
        () => readState(file, folder),
        (error: Error & { code?: string }) => {
          equal(error.code, "BadState");
          equal(message.test(error.message), true, error.message);
          equal(error.message.includes("hunter2"), false);
          return true;
        },
      );
    refused(join(folder, "none.json"), /cannot be read/);
    refused(state("hunter2"), /is not JSON/);
    refused(state({ version: 1, deployment: { resources: [] } }), /version 3/);
    refused(state({ version: 3, deployment: {} }), /nothing to check/);
    refused(
      state({ version: 3, deployment: { resources: [{ urn: "hunter2", type: 7 }] } }),
      /resources\.0\.urn.*resources\.0\.type/s,
    );
    const urn = "urn:pulumi:dev::shop::t:i:Thing::hen";
    const [hen, egg] = [resource({ urn, parent: `${urn}-egg` }), resource({ urn: `${urn}-egg`, parent: urn })];
    refused(state({ version: 3, deployment: { resources: [hen, egg] } }), /its own ancestor/);
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    refused(
      state(
        JSON.stringify({ version: 3, deployment: { resources: [resource({ inputs: { deep: 0 } })] } }).replace(
          "0}",
          `${deep}}`,
        ),
      ),
      /nests deeper/,
    );
  });
});
