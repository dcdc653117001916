import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { embeddedAnswers, embeddedPictures } from "../../../../cli/report/page/embeddedPicture";

describe("pictures of the page", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "frugal-ml-test-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string): string => path.join(folder, name);

  it("are small, tell the size of their files, and stand upright", async () => {
    const create = { width: 1200, height: 600, channels: 3, background: "#844" } as const;
    // Orientation 6 turns it a quarter.
    await sharp({ create }).jpeg().withMetadata({ orientation: 6 }).toFile(file("before.jpg"));
    await sharp({ create: { ...create, width: 64, height: 32 } })
      .jpeg()
      .toFile(file("after.jpg"));
    const [pair] = await embeddedPictures([{ key: "k", before: file("before.jpg"), after: file("after.jpg") }]);
    const { before, after } = pair ?? {};
    assert.ok(before && after);
    assert.deepEqual([before.width, before.height, before.shown], [600, 1200, { width: 160, height: 320 }]);
    assert.match(before.source, /^data:image\/webp;base64,[\w+/=]+$/);
    const { width, height } = await sharp(Buffer.from(before.source.split(",")[1] ?? "", "base64")).metadata();
    assert.deepEqual([width, height], [160, 320]);
    // What is small already is taken as it is: it is the picture that a model reads.
    const bytes = Buffer.from(after.source.split(",")[1] ?? "", "base64");
    assert.deepEqual([after.bytes, after.width, bytes.length], [bytes.length, 64, bytes.length]);
    assert.match(after.source, /^data:image\/jpeg;base64,/);
  });

  it("one that cannot be decoded is absent, and keeps the others", async () => {
    writeFileSync(file("broken.jpg"), "no picture <script>");
    const shown = await embeddedPictures([
      { key: "broken", before: file("broken.jpg"), after: file("missing.jpg") },
      { key: "good", before: file("after.jpg"), after: file("after.jpg") },
    ]);
    assert.deepEqual(
      shown.map(({ key, before, after }) => [key, before !== undefined, after !== undefined]),
      [
        ["broken", false, false],
        ["good", true, true],
      ],
    );
  });

  it("of what was classified has every wrong answer, and right ones from all over the list", async () => {
    const bytes = await sharp({ create: { width: 28, height: 28, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    const all = Array.from({ length: 100 }, (_, i) => ({
      name: `${i}`,
      label: "a",
      bytes,
      ...(i % 10 < 9 && { answered: { label: i === 50 ? "b" : "a", score: 1 } }),
    }));
    const shown = await embeddedAnswers(all);
    const wrong = shown.filter(({ answered }) => answered?.label !== "a");
    assert.deepEqual(
      wrong.map(({ name }) => name),
      ["9", "19", "29", "39", "49", "50", "59", "69", "79", "89", "99"],
    );
    const right = shown.filter(({ answered }) => answered?.label === "a").map(({ name }) => Number(name));
    assert.equal(right.length, 24);
    assert.ok(Math.min(...right) < 10 && Math.max(...right) > 90, `${right}`);
    assert.ok(shown.every(({ picture }) => picture?.width === 28));
    assert.deepEqual(await embeddedAnswers([]), []);
  });
});
