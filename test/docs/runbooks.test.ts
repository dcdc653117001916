import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type RecordedVariant, recordedVariants } from "../components/recordedProgram";

const ROOT = path.resolve(__dirname, "../..");
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What of an alarm's name says which variant, or which part of a component, is watched: no entry of its own. */
const WITHIN = /^(stream|candidate|shadow)-/;

/** The heading under which an alarm of a component is explained: endpoints share theirs. */
function entryOf(component: string, name: string, alarm: string): string {
  const part = alarm
    .slice(`${name}-`.length)
    .replace(/-alarm$/, "")
    .replace(WITHIN, "");
  if (component === "PooledModel") {
    // What it is made of explains its alarms: two endpoints and a transform.
    return part.startsWith("nightly-")
      ? `BatchTransform: ${part.slice("nightly-".length)}`
      : `Endpoints: ${part.replace(/^later-/, "")}`;
  }
  return `${component.endsWith("Endpoint") ? "Endpoints" : component}: ${part}`;
}

function entriesOf({ resources }: RecordedVariant): readonly string[] {
  const [component, ...children] = resources;
  if (component === undefined) return [];
  const kind = component.type.slice(component.type.lastIndexOf(":") + 1);
  return children.filter(({ type }) => type === ALARM).map(({ name }) => entryOf(kind, component.name, name));
}

describe("runbooks", function () {
  this.timeout(60_000);
  const text = readFileSync(path.join(ROOT, "docs/runbooks.md"), "utf8");
  const sections = new Map(
    text
      .split(/^(?=#{2,3} )/m)
      .map((section) => [/^### (.+)/.exec(section)?.[1] ?? "", section] as const)
      .filter(([heading]) => heading !== ""),
  );

  it("have an entry for every alarm that a component creates, and none for another", async () => {
    const created = new Set([...(await recordedVariants()).values()].flatMap(entriesOf));
    ok(created.size > 10);
    deepEqual(
      [...created].filter((entry) => !sections.has(entry)),
      [],
      "alarms without an entry in docs/runbooks.md",
    );
    deepEqual(
      [...sections.keys()].filter((entry) => !created.has(entry)),
      [],
      "entries of docs/runbooks.md that no component creates an alarm for",
    );
  });

  it("say of each what it means, and what to do in order", () => {
    for (const [entry, section] of sections) {
      const [, meaning = "", ...steps] = section.trim().split(/\n\n|\n(?=\d\. )/);
      ok(/^\S/.test(meaning) && !/^\d/.test(meaning), `${entry}: what does it mean?`);
      deepEqual(
        steps.map((step) => /^\d+/.exec(step)?.[0]),
        steps.map((_, index) => String(index + 1)),
        entry,
      );
      ok(steps.length > 0, `${entry}: what is to be done?`);
    }
  });
});
