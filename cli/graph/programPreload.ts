/**
 * Run in the program's process before anything else, as an ES module.
 *
 * The SDK reports what a program throws through `util.inspect` in colours. On a stack line whose path ends with
 * `node_modules/@scope/file`, as the SDK's own source maps produce, that goes on until the string is too long, some 20 s
 * later (`markNodeModules` of Node.js 20). Without colours it does not.
 *
 * Two habits of the SDK take most of a large program's time, and nobody sees what they are for. It keeps a stack of each
 * of the promises that it makes, dozens for a resource, whose lines ts-node looks up in source maps; they are printed only
 * where `PULUMI_DEBUG_PROMISE_LEAKS` is set (`runtime/debuggable.js`). And it sends the engine several debug messages for
 * each resource, one after the other (`log/index.js`), which a check drops.
 */
export const PROGRAM_PRELOAD = `
import Module from "node:module";
import util from "node:util";

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
const spared = new WeakSet();
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  const spare = request.endsWith("/debuggable") ? withoutStack : request.endsWith("/engine_grpc_pb") ? withoutDebugMessages : undefined;
  if (spare && typeof loaded === "object" && loaded !== null && !spared.has(loaded)) {
    // Modules that need each other in a circle are loaded before they are whole, and then again.
    if (spare(loaded)) spared.add(loaded);
  }
  return loaded;
};
`;
