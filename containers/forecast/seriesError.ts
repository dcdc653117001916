import type { QuarantineReason } from "../../contracts/fleetManifest";

/** A series that no model can be made of. It puts one customer into quarantine, and stops nobody else. */
export class SeriesError extends Error {
  /**
   * @param code stable, for the manifest
   * @param message what was found, and what is allowed
   */
  constructor(
    readonly code: QuarantineReason,
    message: string,
  ) {
    super(message);
    this.name = "SeriesError";
  }
}
