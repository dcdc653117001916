/** Text, or elements; an absent element is left out. */
export type XmlContent = string | number | boolean | readonly (XmlElement | undefined)[];

/** One XML element. */
export interface XmlElement {
  readonly name: string;
  readonly content: XmlContent;
}

/** Namespace of S3's documents. */
const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

export function element(name: string, content: XmlContent): XmlElement {
  return { name, content };
}

/** An element for a value that may be absent. */
export function optional(name: string, content: XmlContent | undefined): XmlElement | undefined {
  return content === undefined ? undefined : { name, content };
}

/** A document of S3's; error documents have no namespace. */
export function xmlDocument(root: XmlElement, namespaced = true): string {
  const attributes = namespaced ? ` xmlns="${NAMESPACE}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, attributes)}`;
}

function write({ name, content }: XmlElement, attributes = ""): string {
  const inner =
    typeof content === "object"
      ? content.map((child) => (child === undefined ? "" : write(child))).join("")
      : escapeXml(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  // Control characters go as references, as S3 sends them, although XML 1.0 knows only a few of them.
  return text.replace(/[&<>"]|(?![\t\n])\p{Cc}/gu, (c) => ENTITIES[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}
