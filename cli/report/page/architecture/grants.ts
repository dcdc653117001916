import * as z from "zod";
import type { GraphResource, ResourceGraph } from "../../../../contracts/graph";
import { textAt } from "../../../quotas/graphInput";
import { ACTION_FLOWS, ROLE_PROPERTIES } from "./flowKinds";

/** Something that a resource's role lets it do to another. */
export interface Grant {
  /** The resource that may. */
  readonly actor: GraphResource;
  readonly action: string;
  /** The resource that it may be done to. */
  readonly target: GraphResource;
  /** What of it: the beginning of the keys in a bucket; empty for all. */
  readonly prefix: string;
}

const OneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const Policy = z.object({
  Statement: z.array(z.object({ Effect: z.string(), Action: OneOrMany.optional(), Resource: OneOrMany.optional() })),
});

/**
 * What resources may do to one another, of what is drawn, as the policies of their roles say. A policy that is not known,
 * or not a document, grants nothing here: this is a picture, and no verdict.
 */
export function grants({ resources }: ResourceGraph): readonly Grant[] {
  const byArn = resources.flatMap((resource) => {
    const arn = textAt(resource.outputs, "arn");
    return arn === undefined ? [] : [{ arn, resource }];
  });
  return resources
    .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
    .flatMap((policy) => {
      const roles = policy.propertyDependencies["role"] ?? [];
      const actors = resources.filter(({ propertyDependencies }) =>
        ROLE_PROPERTIES.some((property) => propertyDependencies[property]?.some((urn) => roles.includes(urn))),
      );
      return statements(textAt(policy.inputs, "policy")).flatMap(({ action, resource }) => {
        const target = named(resource, byArn);
        return target === undefined ? [] : actors.map((actor) => ({ actor, action, ...target }));
      });
    });
}

function statements(text: string | undefined): readonly { readonly action: string; readonly resource: string }[] {
  const policy = Policy.safeParse(parsed(text));
  if (!policy.success) return [];
  return policy.data.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action = [], Resource = [] }) =>
    Action.filter((action) => Object.hasOwn(ACTION_FLOWS, action)).flatMap((action) =>
      Resource.map((resource) => ({ action, resource })),
    ),
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** The resource whose ARN a pattern begins with, the longest such, and what follows up to the first wildcard. */
function named(
  pattern: string,
  byArn: readonly { readonly arn: string; readonly resource: GraphResource }[],
): Pick<Grant, "target" | "prefix"> | undefined {
  const [found] = byArn
    .filter(({ arn }) => pattern === arn || pattern.startsWith(`${arn}/`) || pattern.startsWith(`${arn}:`))
    .sort((a, b) => b.arn.length - a.arn.length);
  if (found === undefined) return undefined;
  const rest = pattern.slice(found.arn.length + 1).replace(/^object\//, "");
  return { target: found.resource, prefix: rest.split("*")[0] ?? "" };
}
