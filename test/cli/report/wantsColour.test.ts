import { equal } from "node:assert/strict";
import { wantsColour } from "../../../cli/report/wantsColour";

const TERMINAL = { isTTY: true };
const PIPE = {};

describe("colours", () => {
  const cases: readonly (readonly [string, { readonly isTTY?: boolean }, NodeJS.ProcessEnv, boolean])[] = [
    ["are for terminals", TERMINAL, { TERM: "xterm" }, true],
    ["are not for pipes and files", PIPE, { TERM: "xterm" }, false],
    ["are not for dumb terminals", TERMINAL, { TERM: "dumb" }, false],
    ["are never there with NO_COLOR", TERMINAL, { NO_COLOR: "1" }, false],
    ["are never there with NO_COLOR, whatever forces them", TERMINAL, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["take an empty NO_COLOR as none", TERMINAL, { NO_COLOR: "" }, true],
    ["can be forced into a pipe", PIPE, { FORCE_COLOR: "1" }, true],
    ["can be forced by an empty word, as with Node.js", PIPE, { FORCE_COLOR: "" }, true],
    ["can be forced off", TERMINAL, { FORCE_COLOR: "0" }, false],
    ["can be forced off by word", TERMINAL, { FORCE_COLOR: "false" }, false],
  ];
  for (const [what, stream, environment, wanted] of cases) {
    it(what, () => equal(wantsColour(stream, environment), wanted));
  }
});
