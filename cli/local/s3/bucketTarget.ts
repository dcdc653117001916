import type { ObjectStore } from "./objectStore";
import { chooseOperation } from "./operations/operationTable";
import type { S3Target } from "./s3Target";

/**
 * Answers for one bucket of the store, whatever name it was addressed by. The bucket need not exist: what is asked of
 * it is then answered with NoSuchBucket, and CreateBucket makes it.
 */
export function bucketTarget(store: ObjectStore, bucketName: string): S3Target {
  return {
    bucketName,
    handle: (request, response) => {
      const operation = chooseOperation(request);
      return operation.run({ store, bucketName, request, response });
    },
  };
}
