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
  if (text.includes("<!DOCTYPE")) throw new S3Error("MalformedXML");
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
