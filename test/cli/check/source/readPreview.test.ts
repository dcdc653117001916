import { deepEqual, equal, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPreview } from "../../../../cli/check/source/readPreview";
import { type GraphValue, isGraphObject, Secret, Unknown } from "../../../../contracts/graph";

const FIXTURES = join(__dirname, "fixtures");

describe("a preview", () => {
  let folder: string;
  const preview = (content: object) => {
    const file = join(folder, "preview.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const input = (value: unknown): GraphValue | undefined => {
    const urn = "urn:pulumi:dev::shop::t:i:Thing::thing";
    const newState = { urn, type: "t:i:Thing", custom: true, inputs: { value } };
    return readPreview(preview({ steps: [{ op: "create", urn, newState }] }), folder).resources[0]?.inputs["value"];
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frugal-ml-preview-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("of a new stack knows what the program says and nothing that the cloud will", () => {
    const { mode, resources } = readPreview(join(FIXTURES, "preview-create.json"), folder);
    equal(mode, "preview");
    const resizer = resources.find(({ name }) => name === "resizer");
    const role = resizer?.inputs["role"];
    equal(role instanceof Unknown && role.urn, "urn:pulumi:dev::shop::aws:iam/role:Role::role");
    const environment = resizer?.inputs["environment"];
    const variables = isGraphObject(environment) ? environment["variables"] : undefined;
    const token = isGraphObject(variables) ? variables["TOKEN"] : undefined;
    equal(token instanceof Secret && token.value instanceof Unknown, true);
    deepEqual(resizer?.location, { file: "index.ts", line: 48, column: 24 });
  });

  it("of a change has what will be: unchanged, changed and new, without what goes", () => {
    const { resources } = readPreview(join(FIXTURES, "preview-update.json"), folder);
    deepEqual(resources.map(({ name }) => name).sort(), [
      "queue",
      "resizer",
      "roleb",
      "serving",
      "serving-configuration",
      "serving-endpoint",
      "serving-model",
      "serving-role",
      "serving-scaling",
      "shop-dev",
    ]);
  });

  it("reads unknowns of every type, and secrets in every form", () => {
    for (const marker of [
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "030794c1-ac77-496b-92df-f27374a8bd58",
      "e48ece36-62e2-4504-bad9-02848725956a",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ]) {
      equal(input(marker) instanceof Unknown, true, marker);
      const list = input([{ deep: marker }]);
      equal(JSON.stringify(list), '[{"deep":{"$unknown":{}}}]');
    }
    const secret = "1b47061264138c4ac30d75fd1eb44270";
    const signed = (over: object) => input({ "4dabf18193072939515e22adb298388d": secret, ...over });
    const forms = [
      input("[secret]"),
      signed({ ciphertext: "v1:x" }),
      signed({ plaintext: '{"a":1}' }),
      signed({ value: 2 }),
    ];
    deepEqual(
      forms.map((value) => value instanceof Secret && (value.value instanceof Unknown ? "unknown" : value.value)),
      ["unknown", "unknown", { a: 1 }, 2],
    );
  });

  it("is refused when unchanged resources were left out", () => {
    const file = join(FIXTURES, "preview-changes-only.json");
    throws(() => readPreview(file, folder), { code: "PreviewIncomplete", message: /leaves out 3 .*--show-sames/ });
  });

  it("is refused when it is none", () => {
    throws(() => readPreview(preview({ steps: [] }), folder), { code: "BadPreview" });
    throws(() => readPreview(preview({ deployment: {} }), folder), { code: "BadPreview", message: /steps/ });
  });
});
