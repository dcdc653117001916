import { CannotRunError } from "../../contracts/cannotRunError";

/** The module that talks to SageMaker's control plane. */
export type SageMakerSdk = typeof import("@aws-sdk/client-sagemaker");

/**
 * Loads the SDK of SageMaker's control plane. It takes 14 MB, and nothing else on the command line needs it, so whoever asks for
 * a recommendation installs it.
 * @param load replaced in tests
 * @throws CannotRunError `SdkNotInstalled`
 */
export async function sagemakerSdk(load = () => import("@aws-sdk/client-sagemaker")): Promise<SageMakerSdk> {
  try {
    return await load();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw cause;
    const how = "npm install --no-save @aws-sdk/client-sagemaker@3";
    throw new CannotRunError(
      "SdkNotInstalled",
      `recommend needs the SDK of SageMaker, which is not installed: ${how}`,
      {
        cause,
      },
    );
  }
}
