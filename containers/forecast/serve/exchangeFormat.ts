import { printGiven } from "../../../contracts/problems";
import { ServingError } from "./servingError";

/** Forms of requests and answers. */
export const Form = { Json: 0, Csv: 1 } as const;
export type Form = (typeof Form)[keyof typeof Form];

/** Media types of answers, by form. */
export const MEDIA_TYPE: Readonly<Record<Form, string>> = { [Form.Json]: "application/json", [Form.Csv]: "text/csv" };

const FORMS: ReadonlyMap<string, Form> = new Map([
  ["application/json", Form.Json],
  ["text/csv", Form.Csv],
]);

/** What `Accept` may say besides the types themselves. */
const RANGES: ReadonlyMap<string, Form> = new Map([
  ...FORMS,
  ["*/*", Form.Json],
  ["application/*", Form.Json],
  ["text/*", Form.Csv],
]);

const ALLOWED = "application/json or text/csv";

/**
 * Form of a request's body. Without a content type it is JSON.
 * @param given `Content-Type`
 * @throws ServingError UnsupportedContentType, 415
 */
export function requestForm(given: string | undefined): Form {
  if (given === undefined || given === "application/json") return Form.Json;
  const [type = "", ...parameters] = given.toLowerCase().split(";");
  const form = FORMS.get(type.trim());
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("charset="));
  const encoding = charset?.slice("charset=".length).replaceAll('"', "") ?? "utf-8";
  if (form !== undefined && (encoding === "utf-8" || encoding === "us-ascii")) return form;
  throw notAllowed(415, "UnsupportedContentType", "Content-Type", given, `${ALLOWED}, in UTF-8`);
}

/**
 * Form of the answer: the one that the caller prefers (RFC 9110, 12.5.1), JSON when it has no preference.
 * @param given `Accept`
 * @throws ServingError NotAcceptable, 406
 */
export function answerForm(given: string | undefined): Form {
  if (given === undefined || given === "application/json" || given === "*/*" || given === "") return Form.Json;
  let best: { readonly form: Form; readonly quality: number } | undefined;
  for (const range of given.toLowerCase().split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim());
    const form = RANGES.get(type);
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (form !== undefined && quality > 0 && quality > (best?.quality ?? 0)) best = { form, quality };
  }
  if (best !== undefined) return best.form;
  throw notAllowed(406, "NotAcceptable", "Accept", given, `${ALLOWED}, or a range with one of them`);
}

function notAllowed(status: number, code: string, property: string, given: string, allowed: string): ServingError {
  const problem = { property, given: printGiven(given), allowed };
  return new ServingError(status, code, `${property}: given ${problem.given}; allowed: ${allowed}`, [problem]);
}
