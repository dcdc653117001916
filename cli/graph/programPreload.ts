import { SOURCES_PRELOAD } from "./sourcesPreload";

/**
 * Run in the program's process before anything else, and in a policy pack's.
 *
 * The SDK reports what a program throws through `util.inspect` in colours. On a stack line whose path ends with
 * `node_modules/@scope/file`, as the SDK's own source maps produce, that goes on until the string is too long, some 20 s
 * later (`markNodeModules` of Node.js 20). Without colours it does not.
 *
 * Two habits of the SDK take most of a large program's time, and nobody sees what they are for. It keeps a stack of each
 * of the promises that it makes, dozens for a resource, whose lines ts-node looks up in source maps; they are printed only
 * where `PULUMI_DEBUG_PROMISE_LEAKS` is set (`runtime/debuggable.js`). And it sends the engine several debug messages for
 * each resource, one after the other (`log/index.js`), which a check drops.
 *
 * For the place of each resource it has every frame of the stack looked up in source maps, most of which lie in installed
 * packages, where nobody looks for a resource.
 *
 * And half of what the SDK loads at its start is for what few programs do: npm's own resolver and the TypeScript compiler, for code written
 * inside a program that becomes a function; the automation API, whose programs are no stacks; OpenTelemetry, for a tracing address.
 * Each is loaded when something of it is first asked for, and so is each service of the provider. Only the package that loads
 * them holds what stands in for them: a program gets the modules themselves, which it may compare, change, or capture in a
 * function. The names of a package that an ES module imports are all read at once, and so all loaded, as without this.
 */
const BODY = `"use strict";
${SOURCES_PRELOAD}
const inspect = util.inspect;
const plain = (value, options, ...rest) =>
  inspect(value, typeof options === "object" && options !== null ? { ...options, colors: false } : options, ...rest);
util.inspect = Object.assign(plain, inspect);

const withoutStack = (loaded) => {
  const { debuggablePromise } = loaded;
  if (typeof debuggablePromise !== "function" || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return false;
  loaded.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
  return true;
};
const withoutDebugMessages = ({ EngineClient }) => {
  const log = EngineClient?.prototype?.log;
  if (typeof log !== "function") return false;
  EngineClient.prototype.log = function (request, ...rest) {
    const done = rest.at(-1);
    if (request?.getSeverity?.() !== 0 || typeof done !== "function") return log.call(this, request, ...rest);
    process.nextTick(done, null);
  };
  return true;
};
const withoutForeignFrames = ({ Resource }) => {
  const pattern = Resource?.framePositionRegExp;
  if (typeof Resource?.callsites !== "function" || !pattern) return false;
  Resource.callsites = () => {
    const { prepareStackTrace: text, stackTraceLimit } = Error;
    try {
      Error.stackTraceLimit = Number.POSITIVE_INFINITY;
      Error.prepareStackTrace = (error, sites) => ({ error, sites });
      const { error, sites } = new Error().stack;
      const isOwn = (site) => !/^(node|data):|[\\\\/]node_modules[\\\\/]/.test(site.getFileName() ?? "node:");
      const found = sites.map((site) => (isOwn(site) ? positionOf(site) : {}));
      const others = sites.filter((_, index) => found[index] === undefined);
      const lines = (text && others.length > 0 ? String(text(error, others)) : others.map((site) => "    at " + site).join("\\n"))
        .split("\\n")
        .filter((line) => line.startsWith("    at "));
      const positions = found.map((position) => {
        if (position) return position;
        const { file, line, column } = pattern.exec(lines.shift() ?? "")?.groups ?? {};
        return file && line && column && !file.startsWith("node:") ? { file, line: Number(line), column: Number(column) } : {};
      });
      // What called the program is of no use to anybody, and would be sent with each resource.
      return positions.slice(0, positions.findLastIndex(({ file }) => file) + 1);
    } finally {
      Error.prepareStackTrace = text;
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  return true;
};
const seldomUsed = (parent) =>
  parent?.endsWith("/runtime/closure/codePaths.js") ? ["@npmcli/arborist", "normalize-package-data"]
  : /\\/runtime\\/closure\\/(parseFunction|rewriteSuper|utils)\\.js$/.test(parent ?? "") ? ["../../typescript-shim"]
  : parent?.endsWith("/cmd/run/tracing.js") ? ["resources", "sdk-trace-base", "exporter-zipkin", "instrumentation-grpc", "sdk-trace-node", "instrumentation"].map((name) => "@opentelemetry/" + name)
  : parent?.endsWith("/@pulumi/pulumi/index.js") ? ["./automation"]
  : [];
// A folder of the provider each, of which there are some 250.
const isService = (request, parent) =>
  parent?.endsWith("/@pulumi/aws/index.js") && /^\\.\\/[a-z0-9]+$/.test(request) && !["./provider", "./tags", "./types", "./utilities", "./utils", "./config"].includes(request);
// Newer SDKs take classes and functions out of what they load at once: each stands in for itself until it is called.
const whenCalled = (now) =>
  new Proxy(function () {}, {
    apply: (_, self, given) => Reflect.apply(now(), self, given),
    construct: (_, given) => Reflect.construct(now(), given),
    get: (_, name) => now()[name],
  });
const standIns = new WeakMap();
const whenAsked = (loadNow, takenApart) => {
  let module;
  const now = () => (module ??= loadNow());
  // Says of itself that it is an ES module, so that the importing side keeps it as it is instead of copying what it has.
  const get = (_, name) =>
    name === "__esModule" ? true
    : takenApart && typeof name === "string" ? whenCalled(() => now()[name])
    : name === "default" && !now().__esModule ? now() : now()[name];
  const standIn = new Proxy({}, {
    get,
    has: (_, name) => name === "__esModule" || name in now(),
    ownKeys: () => Reflect.ownKeys(now()),
    getOwnPropertyDescriptor: (_, name) => {
      const described = Object.getOwnPropertyDescriptor(now(), name);
      return described && { ...described, configurable: true };
    },
  });
  standIns.set(standIn, now);
  return standIn;
};
// What a package exports of what it has not loaded: the module itself, as soon as it is asked for.
const exportWhenAsked = (exported) => {
  for (const name of Object.keys(exported)) {
    const now = standIns.get(Object.getOwnPropertyDescriptor(exported, name).value);
    if (!now) continue;
    const become = (value) => Object.defineProperty(exported, name, { value, enumerable: true, configurable: true, writable: true });
    Object.defineProperty(exported, name, { get: now, set: become, enumerable: true, configurable: true });
  }
};
const unfinished = new Map();
const spared = new WeakSet();
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const from = parent?.filename?.replaceAll("\\\\", "/");
  if (seldomUsed(from).includes(request) || isService(request, from)) {
    unfinished.set(parent.exports, parent);
    return whenAsked(() => load.call(this, request, parent, ...rest), from.endsWith("/cmd/run/tracing.js"));
  }
  const loaded = load.call(this, request, parent, ...rest);
  if (unfinished.get(loaded)?.loaded) {
    unfinished.delete(loaded);
    exportWhenAsked(loaded);
  }
  const spare = request.endsWith("/debuggable") ? withoutStack : request.endsWith("/engine_grpc_pb") ? withoutDebugMessages : request.endsWith("/resource") ? withoutForeignFrames : undefined;
  if (spare && typeof loaded === "object" && loaded !== null && !spared.has(loaded)) {
    // Modules that need each other in a circle are loaded before they are whole, and then again.
    if (spare(loaded)) spared.add(loaded);
  }
  return loaded;
};
`;

/**
 * {@link BODY} as an ES module, under a name of its own: stacks of what a program throws while it loads would else have all
 * of its text, as the address that it is run from. Frames of this name count as Node.js's, which nobody looks at.
 */
export const PROGRAM_PRELOAD = `
import fs from "node:fs";
import Module from "node:module";
import util from "node:util";
import vm from "node:vm";
vm.compileFunction(${JSON.stringify(BODY)}, ["fs", "Module", "util"], { filename: "node:frugal-ml" })(fs, Module, util);
`;

/** `NODE_OPTIONS` of a process with {@link PROGRAM_PRELOAD}, after those of this process. */
export function preloadOptions(): string {
  const preload = `--import=data:text/javascript,${encodeURIComponent(PROGRAM_PRELOAD)}`;
  return [process.env["NODE_OPTIONS"], preload].filter((part) => part).join(" ");
}
