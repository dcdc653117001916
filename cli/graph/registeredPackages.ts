import type { RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { ProviderRequest } from "./defaultProviders";

/** The parts of a message that say which plugin it needs. */
interface PluginMessage {
  getVersion(): string;
  getPlugindownloadurl(): string;
  getPackageref(): string;
}

/** Packages that a program registers once and then refers to, instead of repeating which plugin they need. */
export class RegisteredPackages {
  readonly #byReference = new Map<string, ProviderRequest>();

  /** Registers a package; the same package has the same reference. */
  register(request: RegisterPackageRequest): string {
    const parameterized = request.getParameterization();
    const reference = [request.getName(), request.getVersion(), parameterized?.getName(), parameterized?.getVersion()]
      .filter((part) => part)
      .join("@");
    this.#byReference.set(reference, {
      package: parameterized?.getName() || request.getName(),
      version: parameterized?.getVersion() || request.getVersion(),
      downloadUrl: request.getDownloadUrl(),
    });
    return reference;
  }

  /**
   * Which provider a message needs, by its package reference or else by what it says itself.
   * @throws Error when it refers to a package that was never registered
   */
  request(packageName: string, message: PluginMessage): ProviderRequest {
    const reference = message.getPackageref();
    if (reference === "") {
      return {
        package: packageName,
        version: message.getVersion(),
        downloadUrl: message.getPlugindownloadurl().replace(/\/$/, ""),
      };
    }
    const request = this.#byReference.get(reference);
    if (request === undefined) throw new Error(`unknown provider package '${reference}'`);
    return request;
  }
}
