import { AssetReference, type GraphValue, isUnknown, type ResourceGraph, Secret } from "../../contracts/graph";

/** Shortest secret that is looked for: shorter ones would blank out every message without hiding anything. */
const SHORTEST = 3;

/**
 * Policies see secrets in the clear, and may print them. This blanks every secret of the graph out of a text, as it is
 * and as JSON would spell it.
 */
export function secretRedaction(graph: ResourceGraph): (text: string) => string {
  const secrets = new Set<string>();
  collect(graph.outputs, false, secrets);
  for (const { inputs, outputs } of graph.resources) {
    collect(inputs, false, secrets);
    collect(outputs ?? {}, false, secrets);
  }
  const spellings = [...secrets].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text);
}

function collect(value: GraphValue, isSecret: boolean, secrets: Set<string>): void {
  if (value instanceof Secret) {
    collect(value.value, true, secrets);
  } else if (value === null || typeof value === "boolean" || isUnknown(value)) {
    return;
  } else if (value instanceof AssetReference) {
    collectAsset(value, isSecret, secrets);
  } else if (typeof value === "object") {
    for (const inner of Object.values(value)) collect(inner, isSecret, secrets);
  } else if (isSecret && String(value).length >= SHORTEST) {
    secrets.add(String(value));
    if (typeof value === "string") collectDocument(value, secrets);
  }
}

/** A secret may be a JSON document, of which a policy may print a piece. */
function collectDocument(text: string, secrets: Set<string>): void {
  if (!/^\s*[{[]/.test(text)) return;
  try {
    const document: GraphValue = JSON.parse(text);
    collect(document, true, secrets);
  } catch {
    return;
  }
}

function collectAsset({ source }: AssetReference, isSecret: boolean, secrets: Set<string>): void {
  if (typeof source === "string") collect(source, isSecret, secrets);
  else for (const entry of Object.values(source)) collectAsset(entry, isSecret, secrets);
}
