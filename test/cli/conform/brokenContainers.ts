import { setTimeout as sleep } from "node:timers/promises";
import { type FakeAnswer, type FakeContainer, type FakeRequest, type Flaw, json, MODEL, parse } from "./fakeContainer";

type Which = (request: FakeRequest, container: FakeContainer) => boolean;

const FAILING: FakeAnswer = { status: 500, body: "Traceback (most recent call last)" };

const isPing = ({ method, path }: FakeRequest): boolean => method === "GET" && path === "/ping";
const isList = ({ method, path }: FakeRequest): boolean => method === "GET" && path === "/models";
const isLoad = ({ method, path }: FakeRequest): boolean => method === "POST" && path === "/models";
const isDescribe = ({ method, path }: FakeRequest): boolean => method === "GET" && path.startsWith("/models/");
const isDelete = ({ method, path }: FakeRequest): boolean => method === "DELETE" && path.startsWith("/models/");
const isInvoke = ({ method, path }: FakeRequest): boolean => method === "POST" && path.endsWith("/invoke");
const isRoute =
  (method: string, path: string): Which =>
  (request) =>
    request.method === method && request.path === path;
const nameIn = ({ path }: FakeRequest): string => path.split("/")[2] ?? "";

/** Answers otherwise where a request is one of those. */
function where(which: Which, otherwise: FakeAnswer | Flaw): () => Flaw {
  return () => (request, answer, container) => {
    if (!which(request, container)) return answer();
    return typeof otherwise === "function" ? otherwise(request, answer, container) : otherwise;
  };
}

/** Answers with a status where it would answer with another. */
function says(which: Which, status: number, insteadOf: number): () => Flaw {
  return where(which, async (_request, answer) => {
    const told = await answer();
    return told.status === insteadOf ? { ...told, status } : told;
  });
}

/** Answers with 500 to such requests for predictions of a loaded model. */
function failsAt(which: Which): () => Flaw {
  return where(
    (request, container) => isInvoke(request) && container.models.has(nameIn(request)) && which(request, container),
    FAILING,
  );
}

/** What a load asks for; undefined when it is malformed. */
function asked({ body }: FakeRequest): { readonly name: string; readonly url: string } | undefined {
  const given = parse(body);
  if (typeof given !== "object" || given === null || !("model_name" in given) || !("url" in given)) return undefined;
  const { model_name: name, url } = given;
  return typeof name === "string" && typeof url === "string" ? { name, url } : undefined;
}

/** A container that is broken in one way, and the checks that must fail, no other. */
export interface BrokenContainer {
  readonly how: string;
  /** Made anew for each container: a flaw may remember. */
  readonly flaw: () => Flaw;
  readonly fails: readonly string[];
  /** What is done to it before. */
  readonly prepare?: (container: FakeContainer) => void;
}

/** Containers whose health or routes are broken. */
const OUTSIDE: readonly BrokenContainer[] = [
  {
    how: "is never healthy",
    flaw: where(isPing, { status: 503 }),
    fails: ["ping-200", "load-malformed-survives", "ping-while-loading", "ping-while-invoking", "fill-507"],
  },
  { how: "tells more than 200 at a ping", flaw: where(isPing, json({ status: "Healthy" })), fails: ["ping-empty"] },
  {
    how: "is not healthy while it loads",
    flaw: where((request, { loading }) => isPing(request) && loading > 0, { status: 503 }),
    fails: ["ping-while-loading"],
  },
  {
    how: "answers a ping late while it answers others",
    flaw: where(
      (request, { invoking }) => isPing(request) && invoking > 0,
      async (_request, answer) => {
        await sleep(2200);
        return answer();
      },
    ),
    fails: ["ping-while-invoking"],
  },
  {
    how: "answers every path",
    flaw: where(({ path }) => path.startsWith("/frugal-ml"), { status: 200 }),
    fails: ["unknown-route-404"],
  },
  { how: "takes any method", flaw: where(isRoute("DELETE", "/ping"), { status: 200 }), fails: ["wrong-method-405"] },
  {
    how: "takes any method at /models",
    flaw: where(isRoute("DELETE", "/models"), { status: 200 }),
    fails: ["wrong-method-models-405"],
  },
  {
    how: "closes every connection",
    flaw: () => async (_request, answer) => closing(await answer()),
    fails: ["keep-alive", "invoke-connection-lives"],
  },
  {
    how: "has execution parameters of other types",
    flaw: where(
      isRoute("GET", "/execution-parameters"),
      json({ MaxConcurrentTransforms: "2", BatchStrategy: "Multi" }),
    ),
    fails: ["execution-parameters"],
  },
];

/** Containers whose loading or unloading is broken. */
const LOADING: readonly BrokenContainer[] = [
  {
    how: "loads with 201",
    flaw: says(isLoad, 201, 200),
    fails: ["load-200", "load-long-name", "concurrent-load-one", "concurrent-mixed", "fill-507"],
  },
  {
    how: "loads again with 200",
    flaw: where((request, { models }) => isLoad(request) && models.has(asked(request)?.name ?? ""), { status: 200 }),
    fails: ["load-again-409"],
  },
  {
    how: "takes names of 64 characters at most",
    flaw: where((request) => isLoad(request) && (asked(request)?.name.length ?? 0) > 64, { status: 400 }),
    fails: ["load-long-name"],
  },
  {
    how: "loads a folder once",
    flaw: where((request, { models }) => isLoad(request) && [...models.values()].includes(asked(request)?.url ?? ""), {
      status: 409,
    }),
    fails: ["load-two-names", "delete-others-stay", "fill-507"],
  },
  { how: "fails where nothing is", flaw: says(isLoad, 500, 404), fails: ["load-missing-path-refused"] },
  { how: "calls what is not there a bad request", flaw: says(isLoad, 400, 404), fails: ["load-missing-path-404"] },
  {
    how: "keeps what it could not load",
    flaw: where(
      (request) => isLoad(request),
      async (request, answer, { models }) => {
        const told = await answer();
        const { name = "", url = "" } = asked(request) ?? {};
        if (told.status === 404) models.set(name, url);
        return told;
      },
    ),
    fails: ["load-failed-not-there"],
  },
  {
    how: "fails at malformed loads",
    flaw: where((request) => isLoad(request) && asked(request) === undefined, FAILING),
    fails: ["load-malformed-4xx"],
  },
  {
    how: "is hurt by malformed loads",
    flaw: () => {
      let isHurt = false;
      return (request, answer) => {
        if (isLoad(request) && asked(request) === undefined) isHurt = true;
        if (!isPing(request) || !isHurt) return answer();
        isHurt = false;
        return { status: 503 };
      };
    },
    fails: ["load-malformed-survives"],
  },
  { how: "unloads with 204", flaw: says(isDelete, 204, 200), fails: ["delete-200", "concurrent-mixed"] },
  {
    how: "unloads what is not there",
    flaw: says(isDelete, 200, 404),
    fails: ["delete-again-404", "delete-unknown-404"],
  },
  {
    how: "unloads everything",
    flaw: where(isDelete, async (_request, answer, { models }) => {
      const told = await answer();
      models.clear();
      return told;
    }),
    fails: ["delete-others-stay"],
  },
  {
    how: "never forgets a name",
    flaw: () => {
      const gone = new Set<string>();
      return async (request, answer) => {
        if (isLoad(request) && gone.has(asked(request)?.name ?? "")) return { status: 409 };
        if (isDescribe(request) && gone.has(nameIn(request)))
          return json({ modelName: nameIn(request), modelUrl: MODEL });
        if (isDelete(request)) gone.add(nameIn(request));
        return answer();
      };
    },
    fails: ["delete-get-404", "delete-load-again", "concurrent-mixed"],
  },
  {
    how: "loads one name several times at once",
    flaw: where(
      (request, { loading }) => isLoad(request) && loading > 0,
      async (_request, answer) => ({ ...(await answer()), status: 200 }),
    ),
    fails: ["concurrent-load-one"],
  },
  {
    how: "fails to unload while it loads",
    flaw: where((request, { loading }) => isDelete(request) && loading > 0, FAILING),
    fails: ["concurrent-mixed"],
  },
  { how: "fails when it is full", flaw: says(isLoad, 500, 507), fails: ["fill-507"] },
];

/** Containers that tell wrongly what is loaded. */
const TELLING: readonly BrokenContainer[] = [
  {
    how: "tells a model as a list of one",
    flaw: where(isDescribe, async (_request, answer) => {
      const told = await answer();
      return told.status === 200 ? { ...told, body: `[${told.body}]` } : told;
    }),
    fails: ["get-200"],
  },
  {
    how: "calls what is not loaded a bad request",
    flaw: says(isDescribe, 400, 404),
    fails: ["get-404", "delete-get-404"],
  },
  {
    how: "lists names alone",
    flaw: where(isList, (_request, _answer, { models }) => json({ models: [...models.keys()] })),
    fails: ["list-complete", "list-limit"],
  },
  {
    how: "lists nothing as null",
    flaw: where(isList, json({ models: null })),
    fails: ["list-shape", "list-complete", "list-limit", "list-limit-over"],
  },
  {
    how: "lists other folders than were given",
    flaw: where(isList, async (_request, answer) => {
      const { body = "", ...told } = await answer();
      return { ...told, body: body.replaceAll("/opt/ml", "file:///opt/ml") };
    }),
    fails: ["list-complete"],
  },
  {
    how: "lists all on one page",
    flaw: where(
      (request) => isList(request) && request.query.get("limit") === "1",
      (_request, _answer, { models }) =>
        json({ models: [...models].map(([modelName, modelUrl]) => ({ modelName, modelUrl })) }),
    ),
    fails: ["list-limit"],
  },
  {
    how: "lists as many as are asked for",
    prepare: ({ models }) => {
      for (let at = 0; at < 150; at++) models.set(`own-${at}`, MODEL);
    },
    flaw: where(
      (request) => isList(request) && Number(request.query.get("limit")) > 100,
      (_request, _answer, { models }) =>
        json({ models: [...models].map(([modelName, modelUrl]) => ({ modelName, modelUrl })) }),
    ),
    fails: ["list-limit-over"],
  },
  {
    how: "fails at a limit that is none",
    flaw: where((request) => isList(request) && request.query.get("limit") === "abc", FAILING),
    fails: ["list-hostile-query"],
  },
];

/** Containers that answer requests for predictions wrongly. */
const ANSWERING: readonly BrokenContainer[] = [
  {
    how: "fails at good requests",
    flaw: failsAt(({ body }) => body.includes("period")),
    fails: [
      "invoke-200",
      "invoke-long-headers",
      "invoke-attributes-echo",
      "invoke-accept",
      "invoke-unknown-type",
      "invoke-survives",
      "concurrent-invoke",
      "concurrent-mixed",
    ],
  },
  {
    how: "fails without a model",
    flaw: where((request, { models }) => isInvoke(request) && !models.has(nameIn(request)), FAILING),
    fails: ["delete-invoke-404", "invoke-unknown-404", "concurrent-mixed"],
  },
  {
    how: "refuses long headers",
    flaw: where(({ headers }) => String(headers["x-amzn-sagemaker-target-model"] ?? "").length > 256, { status: 431 }),
    fails: ["invoke-long-headers"],
  },
  {
    how: "drops custom attributes",
    flaw: where(isInvoke, async (_request, answer) => ({
      ...(await answer()),
      headers: { "content-type": "application/json" },
    })),
    fails: ["invoke-attributes-echo"],
  },
  {
    how: "answers with another type",
    flaw: where(isInvoke, async (_request, answer) => {
      const told = await answer();
      return { ...told, headers: { ...told.headers, "content-type": "text/html" } };
    }),
    fails: ["invoke-accept"],
  },
  { how: "fails at nothing", flaw: failsAt(({ body }) => body.length === 0), fails: ["invoke-empty"] },
  { how: "fails at much", flaw: failsAt(({ body }) => body.length > 1e6), fails: ["invoke-large"] },
  { how: "fails at bytes", flaw: failsAt(({ body }) => body.length === 512), fails: ["invoke-binary"] },
  {
    how: "fails at broken JSON",
    flaw: failsAt(({ body }) => body.toString().startsWith('{"a"')),
    fails: ["invoke-bad-json"],
  },
  {
    how: "fails at other types",
    flaw: failsAt(({ headers }) => headers["content-type"] !== "application/json"),
    fails: ["invoke-unknown-type"],
  },
  {
    how: "closes the connection of a refused request",
    flaw: where(isInvoke, async (_request, answer) => {
      const told = await answer();
      return told.status === 400 ? closing(told) : told;
    }),
    fails: ["invoke-connection-lives"],
  },
  {
    how: "loses a model to broken JSON",
    flaw: () => {
      const lost = new Set<string>();
      return (request, answer) => {
        if (isInvoke(request) && lost.has(nameIn(request))) return FAILING;
        if (isInvoke(request) && request.body.toString().startsWith('{"a"')) lost.add(nameIn(request));
        return answer();
      };
    },
    fails: ["invoke-survives"],
  },
  {
    how: "answers few at once",
    flaw: where((request, { invoking }) => isInvoke(request) && invoking >= 8, { status: 503 }),
    fails: ["concurrent-invoke"],
  },
];

export const BROKEN_CONTAINERS: readonly BrokenContainer[] = [...OUTSIDE, ...LOADING, ...TELLING, ...ANSWERING];

function closing(answer: FakeAnswer): FakeAnswer {
  return { ...answer, headers: { ...answer.headers, connection: "close" } };
}
