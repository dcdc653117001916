import { crc32 } from "node:zlib";
import { isWireObject, type WireObject, type WireValue } from "./wireValue";

/** Version of a policy unless its arguments say otherwise. Source: the AWS provider's documentation. */
const DEFAULT_VERSION = "2012-10-17";

/** A policy document as IAM reads it. */
interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: WireObject[];
}

/**
 * The result of `aws.iam.getPolicyDocument`, with the JSON as the provider writes it: lists sorted downwards, lists of
 * one as text, keys in the order of the policy language. Compared with what version 5.100 of the provider answers.
 * @throws Error when two statements of the document itself have the same `sid`, or a given document is not JSON
 */
export function policyDocument(args: WireObject): WireObject {
  const version = text(args["version"]) ?? DEFAULT_VERSION;
  const own: PolicyDocument = {
    Version: version,
    ...(text(args["policyId"]) && { Id: text(args["policyId"]) }),
    Statement: objects(args["statements"]).map((statement) => compose(statement, version)),
  };
  refuseRepeatedSids(own.Statement);
  const sources = [text(args["sourceJson"]) ?? "", ...texts(args["sourcePolicyDocuments"])];
  const overrides = [text(args["overrideJson"]) ?? "", ...texts(args["overridePolicyDocuments"])];
  const parsedSources = sources.filter((json) => json !== "").map(parseDocument);
  refuseRepeatedSids(parsedSources.flatMap((document) => document.Statement));
  const parsedOverrides = overrides.filter((json) => json !== "").map(parseDocument);
  const merged = [...parsedSources, own, ...parsedOverrides].reduce<PolicyDocument>(merge, { Statement: [] });
  const ordered = {
    Version: merged.Version,
    ...(merged.Id && { Id: merged.Id }),
    ...(merged.Statement.length > 0 && { Statement: merged.Statement }),
  };
  const json = escapeAsGo(JSON.stringify(ordered, null, 2));
  return { ...args, version, id: String(crc32(json)), json, minifiedJson: escapeAsGo(JSON.stringify(ordered)) };
}

function compose(statement: WireObject, version: string): WireObject {
  // The provider writes a policy variable as &{…}, since ${…} is taken; the oldest policy language has none.
  const variables = (value: string): string => {
    if (version === "2008-10-17" && value.includes("&{")) {
      throw new Error("policy variables (&{…}) are not allowed in policies of version 2008-10-17");
    }
    return value.replaceAll("&{", "${");
  };
  const list = (key: string): WireValue | undefined => oneOrMany(texts(statement[key]).map(variables).sort().reverse());
  return withoutAbsent({
    Sid: text(statement["sid"]) || undefined,
    Effect: text(statement["effect"]) ?? "Allow",
    Action: list("actions"),
    NotAction: list("notActions"),
    Resource: list("resources"),
    NotResource: list("notResources"),
    Principal: principals(statement["principals"], variables),
    NotPrincipal: principals(statement["notPrincipals"], variables),
    Condition: conditions(statement["conditions"], variables),
  });
}

function principals(value: WireValue | undefined, variables: (text: string) => string): WireValue | undefined {
  const given = objects(value).map((entry) => ({
    type: text(entry["type"]) ?? "",
    identifiers: texts(entry["identifiers"]).map(variables).sort().reverse(),
  }));
  const [first] = given;
  if (first === undefined) return undefined;
  // { "*": "*" } is written as "*"; { "AWS": "*" } means something else to IAM and stays.
  const isAnyone = first.type === "*" && first.identifiers.length === 1 && first.identifiers[0] === "*";
  if (given.length === 1 && isAnyone) return "*";
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of given) byType[type] = [...(byType[type] ?? []), ...identifiers];
  return sorted(byType);
}

function conditions(value: WireValue | undefined, variables: (text: string) => string): WireValue | undefined {
  const byTest: Record<string, Record<string, string[]>> = {};
  for (const entry of objects(value)) {
    const test = text(entry["test"]) ?? "";
    const variable = text(entry["variable"]) ?? "";
    const byVariable = byTest[test] ?? {};
    // The order of a condition's values is the program's.
    byVariable[variable] = [...(byVariable[variable] ?? []), ...texts(entry["values"]).map(variables)];
    byTest[test] = byVariable;
  }
  if (Object.keys(byTest).length === 0) return undefined;
  const composed = Object.entries(byTest).map(([test, byVariable]): [string, WireValue] => [test, sorted(byVariable)]);
  return Object.fromEntries(composed.sort(byKey));
}

/** Lists by key, the keys in order, lists of one as text. */
function sorted(lists: Readonly<Record<string, readonly string[]>>): WireObject {
  const entries = Object.entries(lists).map(([key, values]): [string, WireValue] => [key, oneOrMany(values) ?? []]);
  return Object.fromEntries(entries.sort(byKey));
}

/** Later documents win: a statement replaces one with the same `Sid`. */
function merge(into: PolicyDocument, document: PolicyDocument): PolicyDocument {
  const statements = [...into.Statement];
  for (const statement of document.Statement) {
    const sid = text(statement["Sid"]);
    const index = sid ? statements.findIndex((existing) => existing["Sid"] === sid) : -1;
    if (index === -1) statements.push(statement);
    else statements[index] = statement;
  }
  const versions = [into.Version ?? "", document.Version ?? ""].sort();
  return { Version: versions[1], Id: document.Id || into.Id, Statement: statements };
}

function parseDocument(json: string): PolicyDocument {
  const parsed: WireValue = JSON.parse(json);
  if (!isWireObject(parsed)) throw new Error("a policy document must be a JSON object");
  const statements = parsed["Statement"] ?? [];
  if (!Array.isArray(statements)) throw new Error("the Statement of a given policy document must be a list");
  return { Version: text(parsed["Version"]), Id: text(parsed["Id"]), Statement: objects(statements).map(rewrite) };
}

/** A given statement as it is written again: keys in order, principals sorted downwards, conditions by name. */
function rewrite(statement: WireObject): WireObject {
  return withoutAbsent({
    Sid: text(statement["Sid"]) || undefined,
    Effect: statement["Effect"],
    Action: statement["Action"],
    NotAction: statement["NotAction"],
    Resource: statement["Resource"],
    NotResource: statement["NotResource"],
    Principal: rewritePrincipals(statement["Principal"]),
    NotPrincipal: rewritePrincipals(statement["NotPrincipal"]),
    Condition: rewriteConditions(statement["Condition"]),
  });
}

function rewritePrincipals(value: WireValue | undefined): WireValue | undefined {
  if (value === undefined || !isWireObject(value)) return value;
  return sortedEntries(value, (identifiers) =>
    Array.isArray(identifiers) ? texts(identifiers).sort().reverse() : identifiers,
  );
}

function rewriteConditions(value: WireValue | undefined): WireValue | undefined {
  if (value === undefined || !isWireObject(value)) return value;
  return sortedEntries(value, (byVariable) => {
    if (!isWireObject(byVariable)) return byVariable;
    return sortedEntries(byVariable, (values) =>
      Array.isArray(values) ? (oneOrMany(texts(values)) ?? []) : typeof values === "boolean" ? String(values) : values,
    );
  });
}

function sortedEntries(object: WireObject, change: (value: WireValue) => WireValue): WireObject {
  const entries = Object.entries(object).map(([key, value]): [string, WireValue] => [key, change(value)]);
  return Object.fromEntries(entries.sort(byKey));
}

function refuseRepeatedSids(statements: readonly WireObject[]): void {
  const sids = statements.flatMap((statement) => text(statement["Sid"]) || []);
  const repeated = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (repeated !== undefined) {
    throw new Error(`duplicate Sid (${repeated}). Remove the Sid or ensure the Sid is unique.`);
  }
}

/** Go's JSON writer escapes what HTML could trip over. */
function escapeAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function oneOrMany(values: readonly string[]): WireValue | undefined {
  const [first, ...others] = values;
  if (first === undefined) return undefined;
  return others.length === 0 ? first : [...values];
}

function withoutAbsent(object: Readonly<Record<string, WireValue | undefined>>): WireObject {
  const present: WireObject = {};
  for (const [key, value] of Object.entries(object)) if (value !== undefined) present[key] = value;
  return present;
}

function byKey([a]: [string, WireValue], [b]: [string, WireValue]): number {
  return a < b ? -1 : 1;
}

function objects(value: WireValue | undefined): WireObject[] {
  return Array.isArray(value) ? value.filter(isWireObject) : [];
}

function texts(value: WireValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function text(value: WireValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
