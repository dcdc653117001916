/**
 * A listing of originals as a listing of what the delivery answers: the same keys, dates and sizes, our ETags, so that
 * one from a listing holds in `If-Match`, and no word of checksums, which are of other bytes. `Size` stays that of the
 * original: the transformed length is known only once an object was transformed, and clients cannot do without a size.
 * @param xml ListBucketResult as S3 writes it; keys are escaped in it, so that no key looks like an element
 * @param hash of the transformation
 */
export function transformedListing(xml: string, hash: string): string {
  return xml
    .replaceAll(/<ETag>(?:&quot;|&#34;|")?([^<&"]*)(?:&quot;|&#34;|")?<\/ETag>/g, `<ETag>&quot;$1-${hash}&quot;</ETag>`)
    .replaceAll(/<Checksum(Algorithm|Type)>[^<]*<\/Checksum\1>/g, "");
}
