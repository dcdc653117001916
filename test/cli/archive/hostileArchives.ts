import { gzipSync } from "node:zlib";
import type { ArchiveErrorCode } from "../../../cli/archive/archiveError";
import { TAR_BLOCK } from "../../../contracts/tarHeader";
import { archive, file, folder, header, longName, pax, paxRecord, tar } from "./handmadeTar";

/** An archive that must not be unpacked. */
export interface HostileArchive {
  readonly what: string;
  readonly code: ArchiveErrorCode;
  readonly bytes: () => Buffer;
}

const good = (): Buffer => file("model.json", "{}");
const whole = (): Buffer => archive(good());

function changed(bytes: Buffer, at: number, value: number): Buffer {
  bytes[at < 0 ? bytes.length + at : at] = value;
  return bytes;
}

/** A gzip header with a name and a comment, before bytes that are no deflate stream. */
function gzipAround(flags: number, extra: string): Buffer {
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]), Buffer.from(extra, "latin1")]);
}

function binarySize(lead: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes[0] = lead;
  bytes.writeUInt32BE(value, 8);
  return bytes;
}

function many(count: number): Buffer {
  return archive(...Array.from({ length: count }, (_, index) => file(`f${index}`)));
}

const UNSAFE: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["an absolute path", () => archive(file("/etc/passwd", "x"))],
  ["an absolute folder", () => archive(folder("/tmp/evil/"))],
  ["two slashes at the beginning", () => archive(file("//etc/passwd", "x"))],
  ["a path that begins with ..", () => archive(file("../evil", "x"))],
  [".. in the middle", () => archive(file("a/../../evil", "x"))],
  [".. behind ./", () => archive(file("./../evil", "x"))],
  [".. at the end", () => archive(folder("a/.."))],
  [".. that stays inside", () => archive(folder("a"), file("a/../b", "x"))],
  ["a lone ..", () => archive(folder(".."))],
  ["a backslash that climbs on Windows", () => archive(file("..\\evil", "x"))],
  ["a drive of Windows", () => archive(file("C:/evil", "x"))],
  ["a drive of Windows without a slash", () => archive(file("c:evil", "x"))],
  ["a line break in a name", () => archive(file("a\nb", "x"))],
  ["a name that is not UTF-8", () => archive(file(Buffer.from([0x61, 0xff, 0xfe]), "x"))],
  ["an overlong spelling of a dot", () => archive(file(Buffer.from([0xc0, 0xae, 0xc0, 0xae, 0x2f, 0x61]), "x"))],
  ["an empty name", () => archive(file("", "x"))],
  ["an empty name in a path", () => archive(file("a//b", "x"))],
  ["a dot in a path", () => archive(file("a/./b", "x"))],
  ["a file that is the folder itself", () => archive(file("./.", "x"))],
  ["a prefix that climbs", () => archive(file("evil", "x", { prefix: "../.." }))],
  ["an absolute prefix", () => archive(file("evil", "x", { prefix: "/tmp" }))],
  ["a long name of GNU that climbs", () => archive(longName(`${"a/".repeat(60)}../evil`), good())],
  ["a long name of GNU that is absolute", () => archive(longName(`/tmp/${"a".repeat(120)}`), good())],
  ["a long name of GNU with a NUL in it", () => archive(longName("good\0/../../evil"), good())],
  ["a pax path that climbs", () => archive(pax(paxRecord("path", "../../evil")), good())],
  ["a pax path that is absolute", () => archive(pax(paxRecord("path", "/tmp/evil")), good())],
  ["a pax path with a NUL in it", () => archive(pax(paxRecord("path", "good\0evil")), good())],
  ["a pax path that is empty", () => archive(pax(paxRecord("path", "")), good())],
  ["names in another encoding", () => archive(pax(paxRecord("hdrcharset", "ISO-IR 8859 1 1998")), good())],
];

const UNSUPPORTED: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["a symbolic link", () => archive(header({ name: "l", type: "2", linkName: "/etc/passwd" }))],
  [
    "a symbolic link and a file through it",
    () => archive(header({ name: "l", type: "2", linkName: "/tmp" }), file("l/evil", "x")),
  ],
  ["a hard link", () => archive(good(), header({ name: "h", type: "1", linkName: "model.json" }))],
  ["a hard link that climbs", () => archive(header({ name: "h", type: "1", linkName: "../../secret" }))],
  ["a character device", () => archive(header({ name: "null", type: "3" }))],
  ["a block device", () => archive(header({ name: "sda", type: "4" }))],
  ["a pipe", () => archive(header({ name: "fifo", type: "6" }))],
  ["a contiguous file", () => archive(header({ name: "c", type: "7" }))],
  ["a sparse file of GNU", () => archive(header({ name: "s", type: "S", magic: "ustar  \0" }))],
  ["a sparse file of pax", () => archive(pax(paxRecord("GNU.sparse.major", "1")), good())],
  ["a long name of a link", () => archive(header({ name: "././@LongLink", type: "K", size: 0 }), good())],
  ["a pax path of a link", () => archive(pax(paxRecord("linkpath", "/etc/passwd")), good())],
  ["the rest of another volume", () => archive(header({ name: "m", type: "M" }))],
  ["a folder of an incremental archive", () => archive(header({ name: "d", type: "D" }))],
  ["a type that nobody defined", () => archive(header({ name: "z", type: "z" }))],
];

const INVALID: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["a wrong checksum", () => archive(file("a", "x", { checksumError: 1 }))],
  ["a checksum that is no number", () => gzipSync(changed(tar(good()), 148, 0x7a))],
  ["another magic", () => archive(file("a", "x", { magic: "USTAR\u000000" }))],
  ["a size that is no number", () => archive(header({ name: "a", size: Buffer.from("0000000zzzz\0") }))],
  ["an empty size", () => archive(header({ name: "a", size: Buffer.alloc(12) }))],
  ["a negative size", () => archive(header({ name: "a", size: binarySize(0xff, 1) }))],
  [
    "a size that no number holds",
    () => archive(header({ name: "a", size: Buffer.from(`\x80${"\xff".repeat(11)}`, "latin1") })),
  ],
  ["a folder with a size", () => archive(header({ name: "d", type: "5", size: 512 }), Buffer.alloc(512))],
  ["two sizes", () => archive(pax(paxRecord("size", "1")), file("a", "12345"))],
  ["a pax size that is negative", () => archive(pax(paxRecord("size", "-1")), good())],
  ["a pax record that claims more than there is", () => archive(pax("99 path=a\n"), good())],
  ["a pax record without a length", () => archive(pax("path=a\n"), good())],
  ["a pax record without an equals sign", () => archive(pax("8 path\n\n"), good())],
  ["a pax record without a key", () => archive(pax("5 =a\n"), good())],
  ["an empty pax header", () => archive(pax(""), good())],
  ["a pax path for every entry", () => archive(pax(paxRecord("path", "evil"), "g"), good())],
  ["two pax headers for one entry", () => archive(pax(paxRecord("path", "a")), pax(paxRecord("path", "b")), good())],
  ["a long name and a pax header", () => archive(longName("a"), pax(paxRecord("path", "b")), good())],
  ["a name with bytes behind its end", () => archive(file("good\0/../evil", "x"))],
];

const DUPLICATE: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["a file twice", () => archive(file("a", "1"), file("a", "2"))],
  ["a file twice, once behind ./", () => archive(file("a", "1"), file("./a", "2"))],
  ["a folder that becomes a file", () => archive(folder("a"), file("a", "x"))],
  ["a file that becomes a folder", () => archive(file("a", "x"), folder("a/"))],
  ["a file below a file", () => archive(file("a", "x"), file("a/b", "y"))],
  ["a file in the place of an implied folder", () => archive(file("a/b", "y"), file("a", "x"))],
  ["a pax path twice", () => archive(pax(paxRecord("path", "a") + paxRecord("path", "b")), good())],
];

const LARGE: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["a bomb of zeros", () => archive(header({ name: "z", size: 64 * 2 ** 20 }), Buffer.alloc(64 * 2 ** 20))],
  [
    "zeros behind the end mark without an end",
    () => gzipSync(Buffer.concat([tar(good()), Buffer.alloc(64 * 2 ** 20)])),
  ],
  [
    "a size of eight exabytes",
    () => archive(header({ name: "z", size: Buffer.from("\x80\0\0\0\0\x1f\xff\xff\xff\xff\xff\xff", "latin1") })),
  ],
  ["a pax size of a terabyte", () => archive(pax(paxRecord("size", String(2 ** 40))), file("a"))],
  ["too many files", () => many(10_001)],
  ["too many folders in one name", () => archive(file(`${"d/".repeat(40)}f`, "x"))],
  ["a name of 300 bytes", () => archive(pax(paxRecord("path", "n".repeat(300))), good())],
  ["a path of 2,000 bytes", () => archive(longName(`${"p".repeat(200)}/`.repeat(10).concat("f")), good())],
  ["a pax header of a megabyte", () => archive(pax(paxRecord("comment", "c".repeat(2 ** 20))), good())],
  ["a long name of a megabyte", () => archive(longName("n".repeat(2 ** 20)), good())],
];

const TRUNCATED: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["nothing", () => Buffer.alloc(0)],
  ["an empty gzip member", () => gzipSync(Buffer.alloc(0))],
  ["no end mark", () => gzipSync(good())],
  ["half an end mark", () => gzipSync(Buffer.concat([good(), Buffer.alloc(TAR_BLOCK)]))],
  ["half a header", () => gzipSync(header({ name: "a" }).subarray(0, 300))],
  [
    "a file that is shorter than its size",
    () => gzipSync(Buffer.concat([header({ name: "a", size: 5000 }), Buffer.alloc(512)])),
  ],
  ["a pax header without its entry", () => archive(pax(paxRecord("path", "a")))],
  ["a long name without its entry", () => archive(longName("a"))],
  ["compressed bytes that stop in the middle", () => whole().subarray(0, 40)],
  ["compressed bytes without their checksum", () => whole().subarray(0, -8)],
  ["a checksum that is cut off", () => whole().subarray(0, -3)],
  ["a gzip header alone", () => whole().subarray(0, 10)],
  ["tar bytes that end off a block", () => gzipSync(Buffer.concat([tar(good()), Buffer.alloc(100)]))],
];

const TRAILING: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["text behind the compressed bytes", () => Buffer.concat([whole(), Buffer.from("garbage")])],
  ["zeros behind the compressed bytes", () => Buffer.concat([whole(), Buffer.alloc(512)])],
  ["a second gzip member", () => Buffer.concat([whole(), archive(file("../evil", "x"))])],
  ["an empty second gzip member", () => Buffer.concat([whole(), gzipSync("")])],
  ["an archive in two members", () => Buffer.concat([gzipSync(good()), gzipSync(Buffer.alloc(1024))])],
  ["a file behind the end mark", () => gzipSync(Buffer.concat([tar(good()), file("evil", "x")]))],
  ["a file behind half an end mark", () => gzipSync(Buffer.concat([good(), Buffer.alloc(512), file("evil", "x")]))],
  ["text behind the end mark", () => gzipSync(Buffer.concat([tar(good()), Buffer.alloc(512, "x")]))],
];

const NO_GZIP: readonly (readonly [what: string, bytes: () => Buffer])[] = [
  ["a tar that is not compressed", () => tar(good())],
  ["a zip file", () => Buffer.from("PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaa")],
  ["a wrong checksum of gzip", () => changed(whole(), -6, 0x55)],
  ["a wrong size of gzip", () => changed(whole(), -1, 0x55)],
  ["reserved flags of gzip", () => changed(whole(), 3, 0xe0)],
  ["another method of compression", () => changed(whole(), 2, 9)],
  ["damaged compressed bytes", () => Buffer.concat([gzipAround(0, ""), Buffer.alloc(64, 0xff)])],
  ["a gzip name without an end", () => gzipAround(8, "n".repeat(70_000))],
];

const CORPUS: Readonly<Record<ArchiveErrorCode, typeof UNSAFE>> = {
  UnsafeName: UNSAFE,
  UnsupportedEntry: UNSUPPORTED,
  InvalidHeader: INVALID,
  DuplicateEntry: DUPLICATE,
  TooLarge: LARGE,
  Truncated: TRUNCATED,
  TrailingData: TRAILING,
  InvalidGzip: NO_GZIP,
};

/** Archives that attack whoever unpacks them, or that two programs would read differently. */
export const HOSTILE_ARCHIVES: readonly HostileArchive[] = Object.entries(CORPUS).flatMap(([code, list]) =>
  list.map(([what, bytes]) => ({ what, code: code as ArchiveErrorCode, bytes })),
);
