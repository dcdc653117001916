import * as z from "zod/mini";
import { withinTime } from "../lambda/withinTime";
import { isDecodedFormat } from "../normalize/imageFormat";
import { ANSWER_MARGIN_MS } from "./answerMargin";
import type { ClassifyService } from "./classifyService";
import { ClassifyError, toClassifyError } from "./errors";
import type { Outcome } from "./outcome";

/**
 * The event of an HTTP API or a function URL, payload format 2.0, as far as it is read
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const HttpEvent = z.object({
  rawQueryString: z._default(z.string(), ""),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  body: z.nullish(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
});
export type HttpEvent = z.infer<typeof HttpEvent>;

/** A buffered answer of payload format 2.0. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Nothing but base64, whose line breaks are out already: with them in it, each of many would be tried as the last. */
const BASE64_BODY = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Answers `GET ?imagelink=…`, `GET` of the default image, and `POST` of a picture's bytes, with the labels of the highest
 * scores as `{"return": [{"label": …, "score": …}, …]}`, and what fails with a coded error, `{"code": …, "message": …}`.
 * @param remainingMs milliseconds until an answer must have been given
 */
export async function answerHttp(
  event: unknown,
  service: () => ClassifyService,
  remainingMs: number,
): Promise<{ readonly answer: HttpAnswer; readonly outcome: Outcome }> {
  let bytesIn = 0;
  try {
    const work = async (signal: AbortSignal) => {
      const read = HttpEvent.safeParse(event);
      if (!read.success) throw new ClassifyError("InvalidRequest", undefined, { cause: read.error });
      const bytes = await picture(read.data, service(), signal);
      bytesIn = bytes.length;
      const classifier = await service().classifier();
      const labels = await classifier.classify(bytes);
      return {
        answer: answer(200, { return: labels }),
        outcome: { status: 200, bytesIn, label: labels[0]?.label ?? "" },
      };
    };
    return await withinTime(remainingMs - ANSWER_MARGIN_MS, work, () => new ClassifyError("Timeout"));
  } catch (thrown) {
    const error = toClassifyError(thrown);
    const { code, message, status } = error;
    const headers = { "x-frugal-ml-error": code, ...(code === "MethodNotAllowed" && { allow: "GET, POST" }) };
    return { answer: answer(status, { code, message }, headers), outcome: { status, bytesIn, error } };
  }
}

function answer(statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { statusCode, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

async function picture(event: HttpEvent, service: ClassifyService, signal: AbortSignal): Promise<Uint8Array> {
  const { method } = event.requestContext.http;
  const links = new URLSearchParams(event.rawQueryString).getAll("imagelink");
  if (links.length > 1) throw new ClassifyError("InvalidRequest", "imagelink must be given once.");
  const [link] = links;
  if (method === "GET") return link === undefined ? service.defaultImage() : service.linked(link, signal);
  if (method !== "POST") throw new ClassifyError("MethodNotAllowed");
  if (link !== undefined) throw new ClassifyError("InvalidRequest", "A POST brings its picture; imagelink is for GET.");
  return postedBytes(event);
}

/** The bytes as they were sent; a body that is base64 itself, which no picture looks like, is decoded once more. */
function postedBytes({ body, isBase64Encoded }: HttpEvent): Uint8Array {
  const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  if (isDecodedFormat(bytes)) return bytes;
  const text = bytes.toString("latin1").replaceAll(/[\r\n]+/g, "");
  return BASE64_BODY.test(text) ? Buffer.from(text, "base64") : bytes;
}
