/** What a request is for. */
export const Action = {
  Ping: "ping",
  Invoke: "invoke",
  Load: "load",
  List: "list",
  Describe: "describe",
  Unload: "unload",
  Parameters: "parameters",
} as const;
export type Action = (typeof Action)[keyof typeof Action];

/** Where a request leads. */
export interface Route {
  readonly action: Action;
  /** As it stands in the path, percent-encoded; empty where there is none. */
  readonly model: string;
}

/** Methods of a path that has no route for the one that was asked. */
export interface WrongMethod {
  readonly allowed: readonly string[];
}

type Methods = Readonly<Record<string, Action>>;

const COMMON: readonly [string, Methods][] = [
  ["/ping", { GET: Action.Ping }],
  ["/execution-parameters", { GET: Action.Parameters }],
];
const SINGLE: ReadonlyMap<string, Methods> = new Map([...COMMON, ["/invocations", { POST: Action.Invoke }]]);
const MULTI: ReadonlyMap<string, Methods> = new Map([...COMMON, ["/models", { GET: Action.List, POST: Action.Load }]]);

const MODEL: Methods = { GET: Action.Describe, DELETE: Action.Unload };
const INVOKE: Methods = { POST: Action.Invoke };
const [PREFIX, SUFFIX] = ["/models/", "/invoke"];

/**
 * Finds the route of a request; undefined when there is nothing at its path.
 * @param path without the query
 */
export function route(multiModel: boolean, method: string, path: string): Route | WrongMethod | undefined {
  const known = (multiModel ? MULTI : SINGLE).get(path);
  if (known !== undefined) return routeOf(known, method, "");
  if (!multiModel || !path.startsWith(PREFIX)) return undefined;
  const invoked = path.endsWith(SUFFIX) && path.length > PREFIX.length + SUFFIX.length;
  const model = path.slice(PREFIX.length, invoked ? -SUFFIX.length : undefined);
  if (model === "" || model.includes("/")) return undefined;
  return routeOf(invoked ? INVOKE : MODEL, method, model);
}

function routeOf(methods: Methods, method: string, model: string): Route | WrongMethod {
  const action = methods[method];
  return action === undefined ? { allowed: Object.keys(methods) } : { action, model };
}
