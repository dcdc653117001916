import type { ObjectChecksum } from "../checksums";
import { element, type XmlElement } from "../xmlWriter";

/** A checksum as elements of an answer. */
export function checksumElements(checksum: ObjectChecksum | undefined): readonly XmlElement[] {
  if (checksum === undefined) return [];
  return [element(`Checksum${checksum.algorithm}`, checksum.value), element("ChecksumType", checksum.type)];
}
