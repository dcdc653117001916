import type { Node } from "yaml";
import type { GraphValue } from "../../contracts/graph";
import { parsedJson } from "./jsonValue";

/**
 * A CloudFormation template in YAML, as its JSON would say it; undefined when it is none. Short forms are written out:
 * `!Ref T` as `{ Ref: T }`, `!If [C, a, b]` as `{ "Fn::If": [C, a, b] }`
 * (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html).
 */
export function yamlTemplate(text: string): GraphValue | undefined {
  // Few stacks have such a template: the parser is loaded for those alone.
  const { Pair, parseDocument, Scalar, visit, YAMLMap }: typeof import("yaml") = require("yaml");
  const spelledOut = (tag: string, node: Node): Node => {
    const map = new YAMLMap<unknown, unknown>();
    map.add(new Pair(new Scalar(nameOf(tag)), node));
    return map;
  };
  try {
    const document = parseDocument(text);
    if (document.errors.length > 0) return undefined;
    visit(document, {
      Node: (_key, node) => {
        if (!("tag" in node) || node.tag === undefined || !/^![A-Za-z]/.test(node.tag)) return undefined;
        const { tag } = node;
        node.tag = undefined;
        return spelledOut(tag, node);
      },
    });
    return parsedJson(JSON.stringify(document.toJS()));
  } catch {
    // Aliases of nothing or without end, and nesting without end.
    return undefined;
  }
}

function nameOf(tag: string): string {
  const name = tag.slice(1);
  return name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
}
