import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClassifierObject, ClassifierObjects } from "./checkedClassifierObjects";

/** An object in S3 that the function reads. */
export interface ReadObject {
  /** `s3://` address. */
  readonly uri: pulumi.Output<string>;
  /** SHA-256; undefined of a picture, which has none to be held to. */
  readonly sha256: pulumi.Input<string> | undefined;
}

/** What the functions of a classifier read. */
export interface ReadObjects {
  readonly model: ReadObject;
  readonly labels: ReadObject;
  readonly defaultImage: ReadObject | undefined;
}

/** Whether anything is a file that must be uploaded. */
export function needsUpload(objects: ClassifierObjects): boolean {
  return Object.values(objects).some((object: ClassifierObject | undefined) => object && "local" in object);
}

/**
 * Files become objects under their SHA-256, which are never overwritten: a new model is a new key, and a function that is
 * still the old one finds the old one until it is replaced.
 */
export function readObjects(
  name: string,
  { model, labels, defaultImage }: ClassifierObjects,
  bucket: aws.s3.Bucket | undefined,
  tags: Record<string, string>,
  parent: pulumi.Resource,
): ReadObjects {
  const object = (part: string, file: string, given: ClassifierObject | undefined): ReadObject => {
    if (given === undefined) throw new Error(`${part} was not checked`);
    if (!("local" in given)) return { uri: pulumi.output(given.uri), sha256: given.sha256 };
    if (bucket === undefined) throw new Error(`no bucket for ${part}`);
    const { sha256, file: path } = given.local;
    const uploaded = new aws.s3.BucketObjectv2(
      `${name}-${part}`,
      {
        bucket: bucket.id,
        key: `models/${sha256}/${file}`,
        source: new pulumi.asset.FileAsset(path),
        checksumAlgorithm: "SHA256",
        tags,
      },
      // A new file is a new key and replaces the object, which protection would refuse.
      { parent, protect: false },
    );
    return { uri: pulumi.interpolate`s3://${uploaded.bucket}/${uploaded.key}`, sha256 };
  };
  return {
    model: object("model", "model.onnx", model),
    labels: object("labels", "labels.json", labels),
    defaultImage: defaultImage && object("default-image", "image", defaultImage),
  };
}
