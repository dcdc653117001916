/** Name of the variable that names the file of compiled modules. The program does not see it. */
export const SOURCES_VARIABLE = "FRUGAL_ML_PROGRAM_SOURCES";

/**
 * Part of `PROGRAM_PRELOAD`, to which it gives `positionOf`; both have `fs`, `Module` and `util`. It loads TypeScript that
 * was compiled elsewhere meanwhile (`ProgramSources`), and tells where in the source a place in it is. What was not compiled
 * ends the process: a program may catch an error, and go on without a module that the SDK would have found.
 */
export const SOURCES_PRELOAD = `
const compiledFile = process.env.${SOURCES_VARIABLE};
delete process.env.${SOURCES_VARIABLE};
let compiled = {};
const maps = new Map();
const positionOf = (site) => {
  const file = site.getFileName();
  const { map } = (file && compiled[file]) || {};
  if (!map) return undefined;
  if (!maps.has(file)) maps.set(file, new Module.SourceMap(JSON.parse(map)));
  const { originalLine, originalColumn } = maps.get(file).findEntry(site.getLineNumber() - 1, site.getColumnNumber() - 1);
  return originalLine === undefined ? {} : { file, line: originalLine + 1, column: originalColumn + 1 };
};
const leave = (why) => {
  fs.writeSync(2, why + "\\n");
  process.exit(1);
};
const awaitCompiled = () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const { ppid } = process;
  for (let waited = 0; !fs.existsSync(compiledFile); waited += 2) {
    if (waited > 30_000 || process.ppid !== ppid) leave("no compiled modules came");
    Atomics.wait(cell, 0, 0, 2);
  }
  return JSON.parse(fs.readFileSync(compiledFile, "utf8"));
};
if (compiledFile) {
  let isThere = false;
  const loadCompiled = (module, file) => {
    if (/[\\\\/]node_modules[\\\\/]/.test(file)) return Module._extensions[".js"](module, file);
    if (!isThere) compiled = awaitCompiled();
    isThere = true;
    if (!Object.hasOwn(compiled, file)) leave(file + " was not compiled");
    module._compile(compiled[file].code, file);
  };
  // In the SDK's order: of two files whose names differ in that alone, it is the one to load.
  for (const extension of [".ts", ".tsx"]) Module._extensions[extension] = loadCompiled;
}
`;
