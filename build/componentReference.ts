import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";

/** The package's schema, which `npm run schema` writes; from the repository's root. */
const SCHEMA_FILE = "components/schema.json";

/** Where the pages are committed, from the repository's root. */
export const REFERENCE_PAGES = "docs/reference";

/** Pages that explain a component whose own page is not named after it, below `docs/`. */
const GUIDES: Readonly<Record<string, string>> = {
  AsyncEndpoint: "inference-options.md#asyncendpoint",
  BatchTransform: "inference-options.md#batchtransform",
  ContainerImage: "training-fleet.md#images",
  InferencePipelineEndpoint: "inference-options.md#multicontainerendpoint-and-inferencepipelineendpoint",
  MultiContainerEndpoint: "inference-options.md#multicontainerendpoint-and-inferencepipelineendpoint",
  PooledModel: "inference-options.md#pooledmodel-three-of-them-for-nothing-while-nobody-asks",
  RealTimeEndpoint: "inference-options.md#realtimeendpoint",
  SavingsPlanCoverage: "savings-plans.md",
  ServerlessEndpoint: "inference-options.md#serverlessendpoint",
};

/** Units that descriptions name; a number without one of them is a count or a proportion. */
const UNIT = /\b(percent|milliseconds|seconds|MB|GB|days|pixels|hours)\b/i;

interface Property {
  readonly description: string;
  readonly optional?: boolean | undefined;
  readonly plain?: boolean | undefined;
  readonly type?: string | undefined;
  readonly $ref?: string | undefined;
  readonly items?: Property | undefined;
  readonly additionalProperties?: Property | undefined;
}

const Property: z.ZodType<Property> = z.lazy(() =>
  z.object({
    description: z.string().default(""),
    optional: z.boolean().optional(),
    plain: z.boolean().optional(),
    type: z.string().optional(),
    $ref: z.string().optional(),
    items: Property.optional(),
    additionalProperties: Property.optional(),
  }),
);
const Properties = z.record(z.string(), Property);
const Component = z.object({
  description: z.string(),
  inputProperties: Properties,
  properties: Properties,
  requiredInputs: z.array(z.string()).default([]),
});
const ObjectType = z.object({
  description: z.string().default(""),
  properties: Properties,
  required: z.array(z.string()).default([]),
});
const Schema = z.object({ resources: z.record(z.string(), Component), types: z.record(z.string(), ObjectType) });

/**
 * The reference of each component, written from the package's schema, and so from the doc comments of the components.
 * @param root the repository
 * @returns Markdown by file name
 */
export async function referencePages(root: string): Promise<ReadonlyMap<string, string>> {
  const { resources, types } = Schema.parse(JSON.parse(await readFile(path.join(root, SCHEMA_FILE), "utf8")));
  const components = Object.entries(resources).map(([token, component]) => ({ name: nameOf(token), token, component }));
  const pages = components.map(
    ({ name, token, component }) =>
      [`${name}.md`, componentPage({ name, token, component, types, guide: guideOf(root, name) })] as const,
  );
  const index = components.map(
    ({ name, component }) => `| [${name}](${name}.md) | ${prose(component.description.split(/(?<=\.)\s/)[0] ?? "")} |`,
  );
  const head = `# Components\n\nWritten from the components' doc comments by \`npm run docs:components\`.\n\n| component | what it is |\n|---|---|\n`;
  return new Map([["README.md", `${head}${index.join("\n")}\n`], ...pages]);
}

function guideOf(root: string, name: string): string | undefined {
  const own = `${name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}.md`;
  return GUIDES[name] ?? (existsSync(path.join(root, "docs", own)) ? own : undefined);
}

/** What a page is written from. */
export interface ReferencedComponent {
  readonly name: string;
  readonly token: string;
  readonly component: z.infer<typeof Component>;
  readonly types: Readonly<Record<string, z.infer<typeof ObjectType>>>;
  /** Page below `docs/` that explains it. */
  readonly guide?: string | undefined;
}

/** One component's page: its inputs, its outputs, and the objects that they are made of. */
export function componentPage({ name, token, component, types, guide }: ReferencedComponent): string {
  const { description, inputProperties, properties, requiredInputs } = component;
  const objects = reachable([inputProperties, properties], types);
  const more = guide === undefined ? "" : ` [The guide](../${guide}) explains how to use it.`;
  return `${[
    `# ${name}`,
    prose(description),
    `Type \`${token}\`. Written from the component's doc comments by \`npm run docs:components\`.${more}`,
    "A *plain* value must be known when the program runs; every other may be another resource's output.",
    "## Inputs",
    propertyTable(inputProperties, requiredInputs),
    "## Outputs",
    outputTable(properties),
    ...objects.flatMap(([object, { description: what, properties: fields, required }]) => [
      `## ${object}`,
      ...(what === "" ? [] : [prose(what)]),
      propertyTable(fields, required),
    ]),
  ].join("\n\n")}\n`;
}

/** Object types that are named by properties, or by properties of those, in alphabetical order. */
function reachable(
  properties: readonly Readonly<Record<string, Property>>[],
  types: ReferencedComponent["types"],
): readonly (readonly [string, z.infer<typeof ObjectType>])[] {
  const found = new Map<string, z.infer<typeof ObjectType>>();
  const visit = (property: Property): void => {
    for (const inner of [property.items, property.additionalProperties]) if (inner) visit(inner);
    const token = property.$ref?.replace("#/types/", "");
    const type = token === undefined ? undefined : types[token];
    if (token === undefined || type === undefined || found.has(nameOf(token))) return;
    found.set(nameOf(token), type);
    Object.values(type.properties).forEach(visit);
  };
  for (const record of properties) Object.values(record).forEach(visit);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Inputs: those that must be given first, and then by name. */
function propertyTable(properties: Readonly<Record<string, Property>>, required: readonly string[]): string {
  const names = Object.keys(properties).sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  const rows = names.map((name) => {
    const property = properties[name];
    if (property === undefined) return "";
    const [, what = property.description, standard] =
      /^(.*?)\s*Defaults to (.*?)\.?$/s.exec(property.description) ?? [];
    const preset = required.includes(name) ? "**required**" : prose(standard ?? "none");
    const plain = property.plain ? ", plain" : "";
    return `| \`${name}\` | ${typeOf(property)}${plain} | ${unitOf(property)} | ${preset} | ${prose(what)} |`;
  });
  return ["| input | type | unit | default | what it is |", "|---|---|---|---|---|", ...rows].join("\n");
}

function outputTable(properties: Readonly<Record<string, Property>>): string {
  const rows = Object.entries(properties).map(
    ([name, property]) => `| \`${name}\` | ${typeOf(property)} | ${prose(property.description)} |`,
  );
  return ["| output | type | what it is |", "|---|---|---|", ...rows].join("\n");
}

function typeOf({ type, $ref, items, additionalProperties }: Property): string {
  if ($ref !== undefined) return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`;
  if (items) return `list of ${typeOf(items)}`;
  if (additionalProperties) return `map of ${typeOf(additionalProperties)}`;
  return type ?? "any";
}

function unitOf({ type, description }: Property): string {
  if (type !== "number" && type !== "integer") return "–";
  const unit = UNIT.exec(description)?.[0];
  if (unit === undefined) return "number";
  return /^[MG]B$/i.test(unit) ? unit.toUpperCase() : unit.toLowerCase();
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** Text of a doc comment on one line of a table; outside of code spans Markdown has no say. */
function prose(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part.replaceAll("|", "\\|") : part.replace(/[*<|]/g, "\\$&")))
    .join("")
    .trim();
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  const folder = path.join(root, REFERENCE_PAGES);
  await mkdir(folder, { recursive: true });
  const pages = await referencePages(root);
  for (const name of await readdir(folder)) if (!pages.has(name)) await rm(path.join(folder, name));
  for (const [name, page] of pages) await writeFile(path.join(folder, name), page);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
