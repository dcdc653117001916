/** A route that matched, and what its path calls the parts. */
export interface RouteMatch<T> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Something with the key of a route: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`. */
export interface Routed {
  readonly routeKey: string;
}

/**
 * The route that answers a request: the one whose path is the most specific, then the one that names the method
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 * @param path with its first slash, not decoded, without a query
 */
export function matchRoute<T extends Routed>(
  routes: readonly T[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const found = routes.flatMap((route) => {
    const match = matchOne(route.routeKey, method, path);
    return match === undefined ? [] : [{ route, ...match }];
  });
  const [best] = found.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return best && { route: best.route, pathParameters: best.pathParameters };
}

/** How a route matches: the lower its rank as a text, the more specific. */
function matchOne(
  routeKey: string,
  method: string,
  path: string,
): { readonly rank: string; readonly pathParameters: Record<string, string> } | undefined {
  if (routeKey === "$default") return { rank: "~", pathParameters: {} };
  const [wanted = "", pattern = ""] = routeKey.split(" ");
  if (wanted !== "ANY" && wanted !== method) return undefined;
  const pathParameters: Record<string, string> = {};
  const [given, parts] = [segments(path), segments(pattern)];
  const greedy = parts.at(-1)?.endsWith("+}") ?? false;
  if (greedy ? given.length < parts.length : given.length !== parts.length) return undefined;
  let rank = "";
  for (const [index, part] of parts.entries()) {
    const name = /^\{(.+?)\+?\}$/.exec(part)?.[1];
    const last = greedy && index === parts.length - 1;
    const value = last ? given.slice(index).join("/") : (given[index] ?? "");
    if (name === undefined && part !== value) return undefined;
    if (name !== undefined) pathParameters[name] = value;
    rank += name === undefined ? "0" : last ? "2" : "1";
  }
  return { rank: `${rank}${wanted === "ANY" ? "b" : "a"}`, pathParameters };
}

function segments(path: string): readonly string[] {
  return path
    .replace(/^\//, "")
    .replace(/(?<=.)\/$/, "")
    .split("/");
}
