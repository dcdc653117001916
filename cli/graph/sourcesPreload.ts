/** Name of the variable that names the file of compiled modules. The program does not see it. */
export const SOURCES_VARIABLE = "FRUGAL_ML_PROGRAM_SOURCES";

/**
 * Run in the program's process with `PROGRAM_PRELOAD`, which it gives `positionOf`: loads TypeScript that was compiled
 * elsewhere meanwhile (`ProgramSources`), and tells where in the source a place in it is. What was not compiled is an error.
 */
export const SOURCES_PRELOAD = `
import fs from "node:fs";

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
const awaitCompiled = () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; !fs.existsSync(compiledFile); waited += 2) {
    if (waited > 30_000) throw new Error("no compiled modules came");
    Atomics.wait(cell, 0, 0, 2);
  }
  return JSON.parse(fs.readFileSync(compiledFile, "utf8"));
};
if (compiledFile) {
  let isThere = false;
  Module._extensions[".ts"] = (module, file) => {
    if (/[\\\\/]node_modules[\\\\/]/.test(file)) return Module._extensions[".js"](module, file);
    if (!isThere) compiled = awaitCompiled();
    isThere = true;
    if (!Object.hasOwn(compiled, file)) throw new Error(file + " was not compiled");
    module._compile(compiled[file].code, file);
  };
}
`;
