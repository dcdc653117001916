/**
 * Names that the pages use without saying where they come from, since it is plain to a reader: the package's own classes,
 * and outputs of resources that were made before. A page that needs another adds it here.
 */
export const SNIPPET_GLOBALS = `
import type * as pulumiAws from "@pulumi/aws";
import type * as frugal from "frugal-ml";

declare global {
  const aws: typeof pulumiAws;

  const AsyncEndpoint: typeof frugal.AsyncEndpoint;
  const BatchTransform: typeof frugal.BatchTransform;
  const ContainerImage: typeof frugal.ContainerImage;
  const InferencePipelineEndpoint: typeof frugal.InferencePipelineEndpoint;
  const MultiContainerEndpoint: typeof frugal.MultiContainerEndpoint;
  const MultiModelEndpoint: typeof frugal.MultiModelEndpoint;
  const NormalizingAccessPoint: typeof frugal.NormalizingAccessPoint;
  const PooledModel: typeof frugal.PooledModel;
  const RealTimeEndpoint: typeof frugal.RealTimeEndpoint;
  const ServerlessEndpoint: typeof frugal.ServerlessEndpoint;
  const SplitType: typeof frugal.SplitType;
  const TrainingFleet: typeof frugal.TrainingFleet;
  const tenantInvokePolicy: typeof frugal.tenantInvokePolicy;

  // Resources that a program made before.
  const endpoint: frugal.MultiModelEndpoint;
  const failures: pulumiAws.sns.Topic;
  const fleet: frugal.TrainingFleet;
  const image: frugal.ContainerImage;
  const forecast: frugal.ContainerImage;
  const hosting: frugal.ContainerImage;
  const texts: frugal.ContainerImage;
  const training: frugal.ContainerImage;
  const tenantRole: pulumiAws.iam.Role;
  const trainingRole: pulumiAws.iam.Role;

  // What a caller was told of them.
  const EndpointName: string;
  const credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  const pointersUri: string;
  const transformation: string;
  const url: string;

  // Arguments that variants of an endpoint share, and what a reader would write.
  const current: { readonly image: string; readonly modelDataUrl: string };
  const model: { readonly image: string; readonly modelDataUrl: string };
  const next: { readonly image: string; readonly modelDataUrl: string };
  function smaller(bytes: Uint8Array): Uint8Array;
  function use(key: string, bytes: Uint8Array): void;
}

export {};
`;
