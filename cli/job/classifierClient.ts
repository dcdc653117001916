import * as z from "zod";
import type { LocalApiEntry, LocalManifest } from "../../contracts/localManifest";
import { signedFetch } from "./signedFetch";

/** Most labels that an answer may have. */
const MOST_LABELS = 5;

const Labels = z.strictObject({
  return: z
    .array(z.strictObject({ label: z.string().min(1), score: z.number().min(0).max(1) }))
    .min(1)
    .max(MOST_LABELS),
});

/** A label and how sure the model is of it. */
export type AnsweredLabel = z.infer<typeof Labels>["return"][number];

/** What became of one picture. */
export interface ClassifiedAnswer {
  readonly labels: readonly AnsweredLabel[];
  /** What is wrong with the answer; undefined when nothing is. */
  readonly problem: string | undefined;
}

/** Asks a classifier as its users do: signed where it wants that. */
export class ClassifierClient {
  /** Requests that were answered. */
  requests = 0;

  constructor(
    private readonly entry: LocalApiEntry,
    private readonly manifest: LocalManifest,
  ) {}

  /** Sends a picture. */
  async post(bytes: Uint8Array<ArrayBuffer>): Promise<ClassifiedAnswer> {
    return this.read(await this.send("", "POST", bytes));
  }

  /**
   * Sends whatever is wanted.
   * @param query begins with a question mark, or is empty
   */
  async send(query: string, method: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const { signedFor: service } = this.entry;
    const address = `${this.entry.url}${query}`;
    const request = { method, ...(body && { body, headers: { "content-type": "application/octet-stream" } }) };
    const response =
      service === undefined
        ? await fetch(address, request)
        : await signedFetch(address, this.manifest, { service, ...request });
    this.requests++;
    return response;
  }

  /** Sends without a signature. */
  async sendUnsigned(method: string): Promise<Response> {
    this.requests++;
    return fetch(this.entry.url, { method });
  }

  /** Reads an answer, and says what is wrong with it. */
  async read(response: Response): Promise<ClassifiedAnswer> {
    const text = await response.text();
    const wrong = (problem: string): ClassifiedAnswer => ({ labels: [], problem });
    if (response.status !== 200) return wrong(`${response.status} ${text.slice(0, 200)}`);
    const parsed = Labels.safeParse(parseJson(text));
    if (!parsed.success) return wrong(`answered ${text.slice(0, 200)}, which is not {"return": [{label, score}]}`);
    const labels = parsed.data.return;
    const sorted = labels.every(({ score }, index) => index === 0 || score <= (labels[index - 1]?.score ?? 0));
    return { labels, problem: sorted ? undefined : "labels are not in the order of their scores" };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
