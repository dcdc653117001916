import assert from "node:assert/strict";
import { classifyText, configText, secretText, unknownText } from "../../../cli/graph/placeholderText";

describe("placeholder text", () => {
  it("is recognised in whatever a program makes of it", () => {
    assert.equal(classifyText(`arn:aws:s3:::${unknownText(2)}/*`), "unknown");
    assert.equal(classifyText(unknownText().toUpperCase()), "unknown");
    assert.equal(classifyText(Buffer.from(`#!/bin/sh\necho ${unknownText()}`).toString("base64")), "unknown");
    assert.equal(classifyText(JSON.stringify({ password: secretText() })), "secret");
    assert.equal(classifyText(`${secretText()}@${unknownText()}`), "secret");
    for (const part of configText("proj:domain").split(".")) assert.equal(classifyText(part), "unknown");
    assert.notEqual(configText("proj:a"), configText("proj:b"));
  });

  it("leaves other text alone", () => {
    for (const text of [
      "",
      "unknown",
      "secret",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "QUJDREVGR0hJSktMTU5PUA==",
    ]) {
      assert.equal(classifyText(text), "known");
    }
  });
});
