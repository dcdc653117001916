import { printGiven } from "../../../contracts/problems";
import { SERVICE_LIMITS } from "../../../contracts/serviceLimits";
import { ServingHeader } from "../../../contracts/servingContainer";
import { asciiJson } from "./asciiJson";
import { answerForm, MEDIA_TYPE, requestForm } from "./exchangeFormat";
import { modelNameOf } from "./modelName";
import type { ModelRegistry } from "./modelRegistry";
import { readListRequest, readLoadRequest } from "./modelRequest";
import { servingErrorOf } from "./modelShelf";
import { Action, type Route, route } from "./routes";
import { invalidRequest, ServingError } from "./servingError";
import type { Respond, ServingRequest } from "./servingRequest";

const { customAttributesCharacters, payloadBytes } = SERVICE_LIMITS.sagemaker.serving;

/** Name of the one model of a single-model endpoint. */
export const SINGLE_MODEL = "model";

/** Name of the header that gives custom attributes back. */
const ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes";
const ATTRIBUTES_PATTERN = new RegExp(`^[\\x20-\\x7e]{0,${customAttributesCharacters}}$`);

const JSON_TYPE = "application/json";
const NO_HEADERS: readonly string[] = [];

/** What batch transform may do at once: docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html */
const EXECUTION_PARAMETERS = asciiJson({
  MaxConcurrentTransforms: 8,
  BatchStrategy: "SINGLE_RECORD",
  MaxPayloadInMB: payloadBytes / 1024 / 1024,
});

/** SageMaker's contract, of one model or of many: what each request does, and what it is answered. */
export class RequestHandler {
  #healthy = false;

  constructor(
    private readonly registry: ModelRegistry,
    private readonly multiModel: boolean,
  ) {}

  /** From now on `GET /ping` says so. */
  becomeHealthy(): void {
    this.#healthy = true;
  }

  /** Answers a request; never throws. */
  handle(request: ServingRequest, respond: Respond): void {
    try {
      const { method, target } = request;
      const end = target.indexOf("?");
      const found = route(this.multiModel, method, end < 0 ? target : target.slice(0, end));
      if (found === undefined || !("action" in found)) {
        respondError(respond, notFound(request, found), found && ["Allow", found.allowed.join(", ")]);
      } else if (found.action === Action.Invoke) {
        this.#invoke(this.multiModel ? modelNameOf(found.model) : SINGLE_MODEL, request, respond);
      } else {
        this.#manage(found, end < 0 ? "" : target.slice(end + 1), request, respond);
      }
    } catch (error) {
      respondError(respond, servingErrorOf(error));
    }
  }

  #invoke(name: string, request: ServingRequest, respond: Respond): void {
    const headers = attributesOf(request);
    const asked = requestForm(request.contentType);
    const answered = answerForm(request.accept);
    this.registry.invoke(name, { body: request.body, asked, answered }, (status, code, body) => {
      if (code === "") respond(status, MEDIA_TYPE[answered], body, headers);
      else respondError(respond, { status, code, body }, headers);
    });
  }

  #manage({ action, model }: Route, query: string, { body }: ServingRequest, respond: Respond): void {
    switch (action) {
      case Action.Ping:
        if (!this.#healthy) throw new ServingError(503, "NotReady", "the model is not loaded yet");
        respond(200, "", "", NO_HEADERS);
        break;
      case Action.Load: {
        const { name, url } = readLoadRequest(body);
        respondOnce(this.registry.load(name, url), respond);
        break;
      }
      case Action.Unload:
        respondOnce(this.registry.unload(modelNameOf(model)), respond);
        break;
      case Action.List: {
        const { limit, after } = readListRequest(query);
        respond(200, JSON_TYPE, asciiJson(this.registry.list(limit, after)), NO_HEADERS);
        break;
      }
      case Action.Describe:
        respond(200, JSON_TYPE, asciiJson(this.registry.describe(modelNameOf(model))), NO_HEADERS);
        break;
      case Action.Parameters:
        respond(200, JSON_TYPE, EXECUTION_PARAMETERS, NO_HEADERS);
    }
  }
}

/** Answers with an error. */
export function respondError(
  respond: Respond,
  { status, code, body }: Pick<ServingError, "status" | "code" | "body">,
  headers: readonly string[] = NO_HEADERS,
): void {
  respond(status, JSON_TYPE, body, [ServingHeader.Error, code, ...headers]);
}

/** Answers when something is done. */
function respondOnce(work: Promise<void>, respond: Respond): void {
  work.then(
    () => respond(200, "", "", NO_HEADERS),
    (error: unknown) => respondError(respond, servingErrorOf(error)),
  );
}

/** @throws ServingError InvalidRequest for custom attributes that no answer could give back */
function attributesOf({ customAttributes }: ServingRequest): readonly string[] {
  if (customAttributes === undefined) return NO_HEADERS;
  if (ATTRIBUTES_PATTERN.test(customAttributes)) return [ATTRIBUTES, customAttributes];
  const allowed = `at most ${customAttributesCharacters} visible characters of ASCII`;
  throw invalidRequest([{ property: ATTRIBUTES, given: printGiven(customAttributes), allowed }]);
}

function notFound({ method, target }: ServingRequest, wrong: { allowed: readonly string[] } | undefined): ServingError {
  const given = `${method} ${target.slice(0, 200)}`;
  if (wrong === undefined) return new ServingError(404, "NoSuchRoute", `there is nothing at ${given}`);
  const problem = { property: "method", given: method, allowed: wrong.allowed.join(", ") };
  return new ServingError(405, "MethodNotAllowed", `${given}; allowed: ${problem.allowed}`, [problem]);
}
