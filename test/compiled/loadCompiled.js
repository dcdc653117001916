// Loads the repository's TypeScript as `compileSources` compiled it into the folder of this variable.
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../..");
const FOLDER = process.env.FRUGAL_ML_COMPILED_TESTS;

Module._extensions[".ts"] = (module, file) => {
  const compiled = path.join(FOLDER, path.relative(ROOT, file)).replace(/\.ts$/, ".js");
  module._compile(readFileSync(compiled, "utf8"), file);
};

// A module in TypeScript may be named as what it becomes.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (parent?.filename?.endsWith(".ts") && /^\.{1,2}\/.*\.js$/.test(request)) {
    const source = path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, ".ts"));
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};
