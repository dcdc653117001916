import { S3Error } from "../s3Errors";

/** Reads the `versionId` parameter. @throws S3Error InvalidArgument when no version could have such an id */
export function versionIdOf(query: URLSearchParams): string | undefined {
  const versionId = query.get("versionId");
  if (versionId === null) return undefined;
  if (!/^[\w.-]{1,1024}$/.test(versionId)) {
    throw new S3Error("InvalidArgument", {
      message: "Invalid version id specified",
      details: { ArgumentName: "versionId", ArgumentValue: versionId },
    });
  }
  return versionId;
}
