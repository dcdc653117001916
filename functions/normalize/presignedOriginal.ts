import { type OpenOriginal, originalError } from "./original";

/**
 * An original behind the presigned URL of an Object Lambda event. Exactly the headers that the URL's signature covers
 * are copied from the reader's request: fewer give 403, others could change what is read.
 * @param url `getObjectContext.inputS3Url`
 * @param readerHeaders `userRequest.headers`
 */
export function presignedOriginal(url: string, readerHeaders: Readonly<Record<string, string>>): OpenOriginal {
  return async (signal) => {
    const response = await fetch(url, { headers: signedHeaders(url, readerHeaders), signal, redirect: "error" });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw originalError(response.status);
    }
    const length = response.headers.get("content-length");
    return {
      etag: response.headers.get("etag") ?? undefined,
      lastModified: response.headers.get("last-modified") ?? undefined,
      contentLength: length === null ? undefined : Number(length),
      body: response.body,
    };
  };
}

function signedHeaders(url: string, readerHeaders: Readonly<Record<string, string>>): Record<string, string> {
  const parameters = new URL(url).searchParams;
  const names = new Set((parameters.get("X-Amz-SignedHeaders") ?? "").toLowerCase().split(";"));
  names.delete("host");
  return Object.fromEntries(Object.entries(readerHeaders).filter(([name]) => names.has(name.toLowerCase())));
}
