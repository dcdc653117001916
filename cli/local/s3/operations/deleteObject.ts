import { type AnswerHeaders, sendEmpty } from "../answers";
import { writeCondition } from "../preconditions";
import type { Operation } from "./operation";
import { versionIdOf } from "./versionId";

/** DeleteObject. */
export const deleteObject: Operation = {
  name: "DeleteObject",
  method: "DELETE",
  on: "object",
  allows: ["versionId"],
  async run({ store, bucketName, request, response }) {
    const versionId = versionIdOf(request.query);
    const result = await store.delete(bucketName, request.key, {
      ...(versionId !== undefined && { versionId }),
      condition: writeCondition(request.headers),
    });
    const headers: AnswerHeaders = {
      "x-amz-version-id": result.versionId,
      "x-amz-delete-marker": result.deleteMarker ? "true" : undefined,
    };
    sendEmpty(response, 204, headers);
  },
};
