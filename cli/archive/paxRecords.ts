import { printGiven } from "../../contracts/problems";
import { ArchiveError } from "./archiveError";
import { utf8 } from "./tarBlock";

/** What pax records say of an entry, as far as unpacking needs it. */
export interface PaxRecords {
  readonly path?: string;
  readonly size?: number;
}

/** Encodings of names that are read. */
const CHARSETS = ["ISO-IR 10646 2000 UTF-8", "BINARY"];

/**
 * Reads the records `<length> <key>=<value>\n` of a pax header
 * (pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03). Times, owners and the like mean
 * nothing here; what makes an entry sparse, a link or ambiguous is refused.
 * @throws ArchiveError InvalidHeader, UnsafeName, UnsupportedEntry, DuplicateEntry
 */
export function readPaxRecords(bytes: Buffer): PaxRecords {
  const read: { path?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const digits = space < 0 ? "" : bytes.toString("latin1", at, space);
    const length = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0;
    const record = bytes.subarray(space + 1, at + length);
    const equals = record.indexOf(0x3d);
    if (length === 0 || at + length > bytes.length || equals <= 0 || record.at(-1) !== 0x0a) {
      throw new ArchiveError("InvalidHeader", "a pax record is not of the form <length> <key>=<value>");
    }
    const key = utf8(record.subarray(0, equals));
    const value = record.subarray(equals + 1, -1);
    if (key === "path" || key === "size") {
      if (read[key] !== undefined) throw new ArchiveError("DuplicateEntry", `a pax header gives ${key} twice`);
      if (key === "path") read.path = utf8(value);
      else read.size = sizeOf(value);
    }
    assertHarmless(key, value);
    at += length;
  }
  return read;
}

function assertHarmless(key: string, value: Buffer): void {
  if (key === "linkpath") throw new ArchiveError("UnsupportedEntry", "a pax header describes a link");
  if (key.startsWith("GNU.sparse.") || key === "SCHILY.realsize") {
    throw new ArchiveError("UnsupportedEntry", "a pax header describes a sparse file");
  }
  if (key === "hdrcharset" && !CHARSETS.includes(value.toString("latin1"))) {
    throw new ArchiveError(
      "UnsafeName",
      `a pax header gives the encoding ${printGiven(value.toString("latin1"))}; allowed: ${CHARSETS.join(", ")}`,
    );
  }
}

function sizeOf(value: Buffer): number {
  const digits = value.toString("latin1");
  if (!/^[0-9]{1,15}$/.test(digits)) {
    throw new ArchiveError("InvalidHeader", `a pax header gives the size ${printGiven(digits)}`);
  }
  return Number(digits);
}
