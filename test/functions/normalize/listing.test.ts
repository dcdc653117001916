import { equal, match } from "node:assert/strict";
import { transformedListing } from "../../../functions/normalize/listing";

describe("a listing of originals", () => {
  it("gets our ETags and loses checksums; the rest stays to the byte", () => {
    const before =
      "<Contents><Key>a&lt;ETag&gt;x&lt;/ETag&gt;.png</Key><ETag>&quot;0a1b-3&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>7</Size></Contents>";
    equal(
      transformedListing(before, "hash"),
      "<Contents><Key>a&lt;ETag&gt;x&lt;/ETag&gt;.png</Key><ETag>&quot;0a1b-3-hash&quot;</ETag><Size>7</Size></Contents>",
    );
  });

  it("reads tags however they are quoted", () => {
    for (const tag of ['"0a1b"', "&#34;0a1b&#34;", "&quot;0a1b&quot;", "0a1b"]) {
      match(transformedListing(`<ETag>${tag}</ETag>`, "hash"), /^<ETag>&quot;0a1b-hash&quot;<\/ETag>$/);
    }
  });
});
