import { existsSync } from "node:fs";
import path from "node:path";

// npm's script `prepare`. npx runs it at its first command in a checkout, which `npm ci` has built already: all of it again would
// take longer than most commands.
const isBuilt = existsSync(path.resolve(__dirname, "../dist/cli/main.js"));
if (process.env["npm_command"] !== "exec" || !isBuilt) void import("./main.js");
