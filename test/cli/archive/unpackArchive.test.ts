import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { ArchiveError } from "../../../cli/archive/archiveError";
import { ARCHIVE_LIMITS } from "../../../cli/archive/archiveLimits";
import { tarArchive } from "../../../cli/archive/tarArchive";
import { unpackArchive } from "../../../cli/archive/unpackArchive";
import { scanFolder } from "../../../cli/local/sagemaker/folderScan";
import { archive, file, folder, header, longName, pax, paxRecord, tar } from "./handmadeTar";
import { HOSTILE_ARCHIVES } from "./hostileArchives";

/** Writes the archives of Python's own formats: the folder, and the file for each format. */
const PYTHON = `
import sys, tarfile
for name in ("USTAR", "GNU", "PAX"):
    with tarfile.open(f"{sys.argv[2]}.{name}.tar.gz", "w:gz", format=getattr(tarfile, f"{name}_FORMAT")) as made:
        made.add(sys.argv[1], arcname=".")
`;

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe("unpacking an archive", () => {
  let root: string;
  let outer: string;
  let target: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "frugal-ml-unpack-"));
    // Two levels, so that one that climbs stays in what is looked at.
    outer = path.join(root, "a", "b");
    mkdirSync(outer, { recursive: true });
    target = path.join(outer, "model");
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const everything = (): string[] => readdirSync(root, { recursive: true }).map(String).sort();
  const unpacked = (): Record<string, string> =>
    Object.fromEntries(
      [...scanFolder(target).keys()].sort().map((name) => [name, readFileSync(path.join(target, name), "utf8")]),
    );

  describe("that is hostile", () => {
    it("has a corpus of more than thirty", () => {
      ok(HOSTILE_ARCHIVES.length > 100, String(HOSTILE_ARCHIVES.length));
      equal(new Set(HOSTILE_ARCHIVES.map(({ what }) => what)).size, HOSTILE_ARCHIVES.length);
    });

    for (const { what, code, bytes } of HOSTILE_ARCHIVES) {
      it(`refuses ${what}`, async () => {
        const before = everything();
        const content = bytes();
        await rejects(unpackArchive(inPieces(content, 256 * 1024), target), (error) => {
          ok(error instanceof ArchiveError, String(error));
          equal(error.code, code, error.message);
          return true;
        });
        deepEqual(everything(), before);
        ok(!readdirSync(tmpdir()).includes("evil"));
      });
    }

    it("refuses the small ones by the same code when their bytes come one by one", async () => {
      for (const { what, code, bytes } of HOSTILE_ARCHIVES) {
        const content = bytes();
        if (content.length > 1000) continue;
        await rejects(unpackArchive(inPieces(content, 1), target), { code }, what);
      }
      deepEqual(everything(), ["a", path.join("a", "b")]);
    });
  });

  it("keeps nothing when its source fails", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield archive(file("a", "x")).subarray(0, 30);
      throw new Error("the store is gone");
    }
    await rejects(unpackArchive(broken(), target), /the store is gone/);
    deepEqual(everything(), ["a", path.join("a", "b")]);
  });

  it("takes files, folders, long names and what describes them", async () => {
    const name = `${"long/".repeat(20)}${"n".repeat(120)}`;
    const made = archive(
      pax(paxRecord("comment", "made by hand"), "g"),
      folder("./"),
      folder("empty/"),
      file("./plain.txt", "plain"),
      file("old", "v7", { type: "\0", magic: "\0".repeat(8) }),
      header({ name: "oldFolder/", magic: "\0".repeat(8) }),
      file("gnu", "gnu", { magic: "ustar  \0" }),
      file("file", "with a prefix", { prefix: "in/a" }),
      Buffer.concat([longName(`${name}1`), file("short", "GNU")]),
      Buffer.concat([pax(paxRecord("path", `${name}2`) + paxRecord("mtime", "1.5")), file("short", "pax")]),
      Buffer.concat([pax(paxRecord("path", "naïve/été")), file("short", "UTF-8")]),
      file("a..b/..c", "dots"),
      file("nothing"),
    );
    for (const length of [1, 7, 512, made.length]) {
      const { files, bytes } = await unpackArchive(inPieces(made, length), target);
      deepEqual(unpacked(), {
        "a..b/..c": "dots",
        gnu: "gnu",
        "in/a/file": "with a prefix",
        [`${name}1`]: "GNU",
        [`${name}2`]: "pax",
        nothing: "",
        "naïve/été": "UTF-8",
        old: "v7",
        "plain.txt": "plain",
      });
      deepEqual([files, bytes], [9, 38]);
      ok(statSync(path.join(target, "empty")).isDirectory());
      ok(statSync(path.join(target, "oldFolder")).isDirectory());
      rmSync(target, { recursive: true });
    }
  });

  it("takes an empty archive, and padding up to a whole record", async () => {
    deepEqual(await unpackArchive(inPieces(archive(), 9), target), { files: 0, bytes: 0 });
    rmSync(target, { recursive: true });
    const record = gzipSync(Buffer.concat([tar(file("a", "x")), Buffer.alloc(10_240 - 2048)]));
    deepEqual(await unpackArchive(inPieces(record, 9), target), { files: 1, bytes: 1 });
  });

  it("takes small archives that compress well, and refuses by the limits that it is given", async () => {
    const zeros = archive(header({ name: "zeros", size: 2 ** 20 }), Buffer.alloc(2 ** 20));
    equal((await unpackArchive(inPieces(zeros, 999), target)).bytes, 2 ** 20);
    const other = path.join(outer, "other");
    await rejects(unpackArchive(inPieces(zeros, 999), other, { ...ARCHIVE_LIMITS, bytes: 2 ** 20 - 1 }), {
      code: "TooLarge",
    });
    await rejects(unpackArchive(inPieces(zeros, 999), other, { ...ARCHIVE_LIMITS, ratioFromBytes: 1000 }), {
      code: "TooLarge",
    });
    await rejects(unpackArchive(inPieces(archive(file("a/b", "")), 9), other, { ...ARCHIVE_LIMITS, entries: 1 }), {
      code: "TooLarge",
    });
  });

  describe("that others make", () => {
    const NAMES = ["model.json", "code/inference.py", `deep/${"d".repeat(90)}/${"n".repeat(90)}.bin`, "naïve.txt"];
    let source: string;

    beforeEach(() => {
      source = path.join(root, "source");
      for (const name of NAMES) {
        mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
        writeFileSync(path.join(source, name), name.repeat(100));
      }
    });

    const assertSame = async (made: string): Promise<void> => {
      const bytes = readFileSync(made);
      const { files } = await unpackArchive(inPieces(bytes, 1000), target);
      equal(files, NAMES.length, made);
      deepEqual(unpacked(), Object.fromEntries([...NAMES].sort().map((name) => [name, name.repeat(100)])), made);
      rmSync(target, { recursive: true });
    };

    it("is what the jobs of this plane make", async () => {
      const entries = NAMES.map((name) => ({ name, file: path.join(source, name) }));
      writeFileSync(path.join(root, "own.tar.gz"), gzipSync(await buffer(Readable.from(tarArchive(entries)))));
      await assertSame(path.join(root, "own.tar.gz"));
    });

    it("is what GNU tar makes in every format", async () => {
      let made = 0;
      for (const format of ["ustar", "gnu", "pax", "v7"]) {
        const file = path.join(root, `tar.${format}.tar.gz`);
        const { status } = spawnSync("tar", ["-C", source, `--format=${format}`, "-czf", file, "."]);
        // A format that cannot spell the long name says so.
        if (status !== 0) continue;
        await assertSame(file);
        made++;
      }
      ok(made >= 2, `${made} formats`);
    });

    it("is what Python makes in every format, where it is installed", async () => {
      const { error } = spawnSync("python3", ["-c", PYTHON, source, path.join(root, "python")], { encoding: "utf8" });
      const made = readdirSync(root).filter((name) => name.startsWith("python"));
      equal(made.length, error === undefined ? 3 : 0);
      for (const name of made) await assertSame(path.join(root, name));
    });
  });
});
