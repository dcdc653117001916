import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fetchLockedPackage } from "./lockedPackage";

/** Where the families are committed, from the repository's root. */
export const FAMILIES_FILE = "contracts/instanceFamilyData.ts";

/**
 * The SDK's clients whose enumerations carry the instance types, each as npm published it. Raise the versions, the
 * checksums and the date together, then run `npm run families`.
 */
const SOURCES = {
  ec2: {
    name: "@aws-sdk/client-ec2",
    version: "3.1169.0",
    integrity: "sha512-VSDBP4gdjVvl8aF12BghHPCeCQP+QHEZ02/qm+1APW6eu1JnMqU2iUyKh4KuAMV0495kGJTARW3rN+4dVPlgUQ==",
    dependencies: [],
  },
  sagemaker: {
    name: "@aws-sdk/client-sagemaker",
    version: "3.1142.0",
    integrity: "sha512-sWz0aRt0eeUV72+Iikp7eE+/sI/IXT7WwCa9PZtL26wNYZWe0dwGvZqYxPWr8r2nS7miBAeauZ+ZcQ1Y3pL6RQ==",
    dependencies: [],
  },
} as const;

/** Day on which npm published the older of the two. */
const PUBLISHED = "2026-09-29";

/** SageMaker's enumeration of the instance types of each use. */
const USES = {
  hosting: "ProductionVariantInstanceType",
  training: "TrainingInstanceType",
  processing: "ProcessingInstanceType",
  transform: "TransformInstanceType",
  notebook: "_InstanceType",
  studio: "AppInstanceType",
} as const;

/** What the letters before a family's generation say, where they say that it is accelerated. */
const KINDS: Readonly<Record<string, string>> = {
  p: "gpu",
  g: "gpu",
  gr: "gpu",
  cg: "gpu",
  inf: "neuron",
  trn: "neuron",
  dl: "deep-learning",
  f: "fpga",
  vt: "media",
};

/**
 * The module that carries EC2's instance families: what accelerates each, its processor, and which of them each use of
 * SageMaker takes.
 * @param root the repository; the packages are kept in its `.build`
 */
export async function instanceFamilyData(root: string): Promise<string> {
  const read = async (source: keyof typeof SOURCES) =>
    readFile(
      path.join(await fetchLockedPackage(SOURCES[source], path.join(root, ".build")), "dist-cjs", "index.js"),
      "utf8",
    );
  const [ec2, sagemaker] = [await read("ec2"), await read("sagemaker")];
  const uses = Object.entries(USES).map(([use, name]) => [use, familiesOf(enumeration(sagemaker, name), 1)] as const);
  const families = unique([...familiesOf(enumeration(ec2, "_InstanceType"), 0), ...uses.flatMap(([, names]) => names)]);
  const groups = new Map<string, string[]>();
  for (const family of families) {
    const group = `${kindOf(family)} ${processorOf(family)}`;
    groups.set(group, [...(groups.get(group) ?? []), family]);
  }
  return [
    "/**",
    " * Instance families, written by `npm run families`; do not edit.",
    ` * Sources: the enumerations of instance types in ${SOURCES.ec2.name} ${SOURCES.ec2.version} and ${SOURCES.sagemaker.name} ${SOURCES.sagemaker.version}.`,
    " */",
    `export const FAMILIES_PUBLISHED = "${PUBLISHED}";`,
    "",
    "/** Families by what accelerates them and by processor. */",
    record(
      "FAMILIES",
      [...groups].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    "",
    "/** Families that each use of SageMaker takes. */",
    record("SAGEMAKER_FAMILIES", uses),
    "",
  ].join("\n");
}

/** Values of one enumeration of a client's compiled module. */
function enumeration(source: string, name: string): readonly string[] {
  const body = new RegExp(`^const ${name} = \\{([^}]*)\\};`, "m").exec(source)?.[1];
  const values = [...(body ?? "").matchAll(/: "([^"]+)"/g)].flatMap(([, value]) => value ?? []);
  if (values.length === 0) throw new Error(`the client has no enumeration ${name}`);
  return values;
}

/** Families of instance types whose name has the family at a place: `p3.2xlarge` at 0, `ml.p3.2xlarge` at 1. */
function familiesOf(types: readonly string[], at: number): readonly string[] {
  return unique(types.flatMap((type) => type.split(".")[at] ?? []));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function kindOf(family: string): string {
  return KINDS[/^[a-z]+(?=\d)/.exec(family)?.[0] ?? ""] ?? "cpu";
}

/**
 * The letter after the generation says Graviton, as in `c6g` or `m7gd`; `a1` was the first. Macs have Apple's since mac2,
 * and `p6e-gb200` has NVIDIA's Grace.
 */
function processorOf(family: string): string {
  if (/^(mac2|mac-m)/.test(family)) return "apple";
  if (/-gb\d/.test(family)) return "grace";
  return /^(a1$|[a-z]+\d+g)/.test(family) || /^im4gn|^is4gen/.test(family) ? "graviton" : "x86";
}

function record(name: string, entries: readonly (readonly [string, readonly string[]])[]): string {
  const lines = entries.map(([key, families]) => {
    const chunks = families.join(" ").match(/.{1,105}(?: |$)/g) ?? [];
    const text = chunks.map((chunk) => `    "${chunk}"`).join(" +\n");
    return `  "${key}":\n${text},`;
  });
  return `export const ${name} = {\n${lines.join("\n")}\n} as const;`;
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await writeFile(path.join(root, FAMILIES_FILE), await instanceFamilyData(root));
}

if (require.main === module) void main();
