import type { S3Client } from "@aws-sdk/client-s3";
import type { Classifier } from "./classifier";
import type { ClassifySettings } from "./classifySettings";
import { ClassifyError } from "./errors";
import { fetchLink } from "./link/fetchLink";
import { INTERNET, type LinkTransport } from "./link/linkTransport";
import { sharedOnce } from "./sharedOnce";
import { storedPicture } from "./storedPicture";

/** What the handlers share for as long as the instance lives. */
export class ClassifyService {
  readonly #defaultImage: () => Promise<Uint8Array>;

  /**
   * @param client reads pictures
   * @param classifier loads the model when it is first needed
   * @param transport how links are fetched. Defaults to the Internet
   */
  constructor(
    readonly client: S3Client,
    readonly settings: ClassifySettings,
    readonly classifier: () => Promise<Classifier>,
    private readonly transport: LinkTransport = INTERNET,
  ) {
    this.#defaultImage = sharedOnce(async () => {
      const { defaultImage, limits } = settings;
      if (defaultImage === undefined) throw new ClassifyError("NoImage");
      const { bytes } = await storedPicture(client, defaultImage, limits.bytes, AbortSignal.timeout(limits.linkMs));
      return bytes;
    });
  }

  /**
   * The picture that a GET without a link classifies; fetched once.
   * @throws ClassifyError NoImage, or what reading it gives
   */
  defaultImage(): Promise<Uint8Array> {
    return this.#defaultImage();
  }

  /**
   * The picture behind a link.
   * @throws ClassifyError LinksOff, or what fetching it gives
   */
  async linked(text: string, signal: AbortSignal): Promise<Uint8Array> {
    const { imageLink: rules, limits } = this.settings;
    if (rules === undefined) throw new ClassifyError("LinksOff");
    return fetchLink(text, { rules, limits, signal, transport: this.transport });
  }
}
