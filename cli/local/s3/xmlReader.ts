import { XMLParser } from "fast-xml-parser";
import type { z } from "zod";
import { S3Error } from "./s3Errors";

/**
 * Reads a request's XML document.
 * @param lists names of the elements that may occur several times
 * @param schema what the whole document must be, root element included
 * @throws S3Error MalformedXML
 */
export function readXml<T extends z.ZodType>(text: string, lists: readonly string[], schema: T): z.output<T> {
  // No document of S3 has a type declaration, and its entities are a way to make a parser work for long.
  if (text.includes("<!DOCTYPE") || !hasCharacters(text)) throw new S3Error("MalformedXML");
  const parser = new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  try {
    return schema.parse(parser.parse(text, true));
  } catch (cause) {
    throw new S3Error("MalformedXML", { cause });
  }
}

/** Whether all references are to characters of XML 1.0 (section 2.2): the parser drops others, and another key is named. */
function hasCharacters(text: string): boolean {
  return [...text.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi)].every(([, hexadecimal, decimal]) => {
    const point = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
    return point < 0xd800 || (point > 0xdfff && point < 0xfffe) || (point > 0xffff && point <= 0x10ffff);
  });
}
