import { Computed, PackageSchema } from "./packageSchema";

/** Strings, numbers, names with their dots, and single characters. */
const TOKEN =
  /\s*(?:#.*)?(?:("""[\s\S]*?"""|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(-?\d[\d_.]*)|([A-Za-z_][\w.]*)|(\S))/y;

/** A call of a class of the package: `images = frugal_ml.NormalizingAccessPoint("images", width=1)`. */
interface Construction {
  readonly variable: string | undefined;
  readonly component: string;
  readonly positional: number;
  readonly named: Readonly<Record<string, unknown>>;
}

/** What is wrong with a Python program that uses the component package as `frugal_ml`. */
export function pythonProblems(text: string): readonly string[] {
  const schema = new PackageSchema(snakeCase);
  const tokens = tokensOf(text);
  const made = constructions(tokens);
  const variables = new Map(made.map(({ variable, component }) => [variable, component]));
  const names = made.flatMap(({ variable }) => variable ?? []);
  return [
    ...(made.length > 0 ? [] : ["constructs no component of frugal_ml"]),
    ...made.flatMap(({ component, positional, named }) => [
      ...(positional === 1 ? [] : [`${component}: takes its name and nothing else by place`]),
      ...schema.problems(component, named, names),
    ]),
    ...tokens.flatMap((token) => {
      const [variable = "", output] = token.split(".");
      const component = variables.get(variable);
      if (component === undefined || output === undefined) return [];
      return schema.outputs(component).includes(output) ? [] : [`${token}: no such output`];
    }),
  ];
}

/** As Pulumi's generator spells properties in Python. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    tokens.push(match.slice(1).find((part) => part !== undefined) ?? "");
  }
  return tokens;
}

function constructions(tokens: readonly string[]): readonly Construction[] {
  return tokens.flatMap((token, at) => {
    const component = /^frugal_ml\.(\w+)$/.exec(token)?.[1];
    if (component === undefined || tokens[at + 1] !== "(") return [];
    const variable = tokens[at - 1] === "=" ? tokens[at - 2] : undefined;
    const args = commaSeparated(tokens, at + 1);
    const named = args.filter((arg) => arg[1] === "=");
    return [
      {
        variable,
        component,
        positional: args.length - named.length,
        named: Object.fromEntries(named.map(([name = "", , ...value]) => [name, pythonValue(value)])),
      },
    ];
  });
}

/** What a pair of brackets has between its commas. */
function commaSeparated(tokens: readonly string[], open: number): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (/^[([{]$/.test(token) && depth++ === 0) continue;
    if (/^[)\]}]$/.test(token) && --depth === 0) break;
    if (token === "," && depth === 1) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function pythonValue(tokens: readonly string[]): unknown {
  const [first = ""] = tokens;
  if (first === "{") {
    return Object.fromEntries(
      commaSeparated(tokens, 0).map(([key = "", , ...value]) => [unquoted(key), pythonValue(value)]),
    );
  }
  if (first === "[") return commaSeparated(tokens, 0).map(pythonValue);
  if (tokens.length > 1) return new Computed(tokens.map((token) => token.split(".")[0] ?? ""));
  if (/^["']/.test(first)) return unquoted(first);
  if (/^-?\d/.test(first)) return Number(first.replaceAll("_", ""));
  if (first === "True" || first === "False") return first === "True";
  return new Computed([first.split(".")[0] ?? ""]);
}

function unquoted(token: string): string {
  return token.replace(/^("""|"|')([\s\S]*)\1$/, "$2");
}
