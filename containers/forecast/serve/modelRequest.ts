import * as z from "zod";
import { type Problem, printGiven } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { isModelName, modelNameProblem } from "./modelName";
import { invalidRequest } from "./servingError";

const { listModels } = SERVICE_LIMITS.sagemaker.serving;

const Text = z.object({ model_name: z.unknown(), url: z.unknown() });

/**
 * Reads the body of `POST /models`.
 * @throws ServingError InvalidRequest with everything that is wrong
 */
export function readLoadRequest(body: string): { readonly name: string; readonly url: string } {
  const problems: Problem[] = [];
  const { model_name: name, url } = Text.safeParse(parse(body)).data ?? {};
  if (typeof name !== "string" || !isModelName(name)) problems.push(modelNameProblem(name));
  if (typeof url !== "string" || !url.startsWith("/") || url.includes("\0")) {
    problems.push({ property: "url", given: printGiven(url), allowed: "the absolute path of a folder" });
  }
  if (problems.length === 0 && typeof name === "string" && typeof url === "string") return { name, url };
  throw invalidRequest(problems);
}

/**
 * Reads the query of `GET /models`.
 * @throws ServingError InvalidRequest with everything that is wrong
 */
export function readListRequest(query: string): { readonly limit: number; readonly after: number } {
  const parameters = new URLSearchParams(query);
  const [limit, token] = [parameters.get("limit"), parameters.get("next_page_token")];
  const problems: Problem[] = [];
  if (limit !== null && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= listModels)) {
    problems.push({ property: "limit", given: printGiven(limit), allowed: `an integer from 1 to ${listModels}` });
  }
  if (token !== null && !/^\d{1,15}$/.test(token)) {
    problems.push({ property: "next_page_token", given: printGiven(token), allowed: "nextPageToken of an answer" });
  }
  if (problems.length > 0) throw invalidRequest(problems);
  return { limit: Number(limit ?? listModels), after: Number(token ?? 0) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidRequest([{ property: "body", given: printGiven(body), allowed: "JSON with model_name and url" }]);
  }
}
