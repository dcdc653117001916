import type * as pulumi from "@pulumi/pulumi";
import { type FrameworkImage, frameworkImageUri } from "../contracts/frameworkImages";
import type { CloudPlace } from "./cloudPlace";

/** An image that is given, or one of AWS's, whose address follows from the Region. */
export type ModelImage = { readonly uri: pulumi.Input<string> } | { readonly framework: FrameworkImage };

/** The address of an image: of AWS's own it is known with the Region. */
export function imageUri(image: ModelImage, place: pulumi.Output<CloudPlace>): pulumi.Input<string> {
  return "uri" in image ? image.uri : place.apply(({ region }) => frameworkImageUri(image.framework, region));
}
