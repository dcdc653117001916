import { NormalizingAccessPoint } from "./components";
import { readConfig } from "./stacks/config";

const config = readConfig();
const costAllocation = { environment: config.environment, costCenter: config.costCenter };

const images = new NormalizingAccessPoint("images", { ...config.images, costAllocation }, { protect: config.protect });

/** Bucket that the original images are uploaded to. */
export const originals = images.bucketName;
/** What is done to an image, as twelve digits. */
export const transformation = images.transformationHash;
/** Address of the normalised images, signed for `lambda`. */
export const url = images.url;
/** Bucket-like name of the normalised images for S3 clients. */
export const objectLambdaAlias = images.objectLambdaAlias;
