import { deepEqual, equal, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { componentPage, REFERENCE_PAGES, referencePages } from "../../build/componentReference";

const ROOT = path.resolve(__dirname, "../..");
const Schema = z.object({
  resources: z.record(
    z.string(),
    z.object({
      inputProperties: z.record(z.string(), z.object({ type: z.string().optional() })),
      properties: z.record(z.string(), z.unknown()),
    }),
  ),
});

describe("reference of the components", () => {
  it("is the committed one (regenerate: npm run schema && npm run docs:components)", async () => {
    const pages = await referencePages(ROOT);
    for (const [name, page] of pages) {
      const committed = readFileSync(path.join(ROOT, REFERENCE_PAGES, name), "utf8");
      ok(committed === page, `${name} is not what the schema says: npm run docs:components writes it anew`);
    }
    deepEqual(readdirSync(path.join(ROOT, REFERENCE_PAGES)).sort(), [...pages.keys()].sort());
  });

  it("has every input and output of every component", async () => {
    const pages = await referencePages(ROOT);
    const { resources } = Schema.parse(JSON.parse(readFileSync(path.join(ROOT, "components/schema.json"), "utf8")));
    deepEqual(
      [...pages.keys()].sort(),
      ["README.md", ...Object.keys(resources).map((token) => `${token.split(":")[2]}.md`)].sort(),
    );
    for (const [token, { inputProperties, properties }] of Object.entries(resources)) {
      const page = pages.get(`${token.split(":")[2]}.md`) ?? "";
      const [inputs = "", outputs = ""] = page.split("\n## Outputs\n");
      for (const [name, { type }] of Object.entries(inputProperties)) {
        const row = inputs.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
        ok(row, `${token} ${name}`);
        // A row has five cells; pipes within them are escaped.
        equal(row.split(/(?<!\\)\|/).length, 7, row);
        if (type === "number") ok(!row.includes("number, plain | – |") && !row.includes("| number | – |"), row);
      }
      for (const name of Object.keys(properties)) ok(outputs.includes(`| \`${name}\` |`), `${token} ${name}`);
    }
  });

  it("tells inputs that must be given, units and defaults, and objects within objects", () => {
    const page = componentPage({
      name: "Shop",
      token: "acme:index:Shop",
      component: {
        description: "A shop, for <you>.",
        inputProperties: {
          hours: { description: "Opening time in hours. Defaults to 8.", type: "number", optional: true },
          owner: { description: "Whose it is: `a|b`.", type: "string", plain: true },
          shelves: {
            description: "What it has. Defaults to none: it is empty.",
            type: "array",
            items: { description: "", $ref: "#/types/acme:index:Shelf" },
          },
        },
        properties: { address: { description: "Where it is.", type: "string" } },
        requiredInputs: ["owner"],
      },
      types: {
        "acme:index:Board": { description: "", properties: {}, required: [] },
        "acme:index:Shelf": {
          description: "A shelf.",
          properties: { boards: { description: "Boards.", $ref: "#/types/acme:index:Board" } },
          required: [],
        },
        "acme:index:Other": { description: "", properties: {}, required: [] },
      },
      guide: "shop.md",
    });
    deepEqual(
      page.split("\n").filter((line) => line.startsWith("| `") || line.startsWith("#")),
      [
        "# Shop",
        "## Inputs",
        "| `owner` | string, plain | – | **required** | Whose it is: `a\\|b`. |",
        "| `hours` | number | hours | 8 | Opening time in hours. |",
        "| `shelves` | list of [Shelf](#shelf) | – | none: it is empty | What it has. |",
        "## Outputs",
        "| `address` | string | Where it is. |",
        "## Board",
        "## Shelf",
        "| `boards` | [Board](#board) | – | none | Boards. |",
      ],
    );
    ok(page.includes("A shop, for \\<you>.") && page.includes("[The guide](../shop.md)"), page);
  });
});
