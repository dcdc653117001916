import { deepEqual, equal } from "node:assert/strict";
import type { Expected } from "./expectedResources";
import { recordedVariant } from "./recordedProgram";
import type { VariantName } from "./variants";

/** Asserts that a variant registers exactly the expected resources below one component, and nothing more. */
export async function assertComponentChildren(
  type: string,
  name: VariantName,
  ...parts: readonly Expected[]
): Promise<void> {
  const expected: Expected = Object.assign({}, ...parts);
  const [component, ...children] = (await recordedVariant(name)).resources;
  const urn = `urn:pulumi:test::frugal-ml::${type}::${name}`;
  deepEqual([component?.type, component?.name, component?.urn, component?.parent], [type, name, urn, undefined]);
  deepEqual(
    children.map((child) => `${child.type} ${child.name}`),
    Object.keys(expected),
  );
  for (const child of children) {
    deepEqual(child.inputs, expected[`${child.type} ${child.name}`], child.name);
    equal(child.parent, urn, child.name);
    equal(child.urn, `urn:pulumi:test::frugal-ml::${type}$${child.type}::${child.name}`);
  }
}
