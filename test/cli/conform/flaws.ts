import { type FakeAnswer, type FakeContainer, type FakeRequest, type Flaw, parse } from "./fakeContainer";

export type Which = (request: FakeRequest, container: FakeContainer) => boolean;

export const FAILING: FakeAnswer = { status: 500, body: "Traceback (most recent call last)" };

export const isPing = ({ method, path }: FakeRequest): boolean => method === "GET" && path === "/ping";
export const isList = ({ method, path }: FakeRequest): boolean => method === "GET" && path === "/models";
export const isLoad = ({ method, path }: FakeRequest): boolean => method === "POST" && path === "/models";
export const isDescribe = ({ method, path }: FakeRequest): boolean => method === "GET" && path.startsWith("/models/");
export const isDelete = ({ method, path }: FakeRequest): boolean => method === "DELETE" && path.startsWith("/models/");
export const isInvoke = ({ method, path }: FakeRequest): boolean => method === "POST" && path.endsWith("/invoke");
export const isRoute =
  (method: string, path: string): Which =>
  (request) =>
    request.method === method && request.path === path;
export const nameIn = ({ path }: FakeRequest): string => path.split("/")[2] ?? "";

/** Answers otherwise where a request is one of those. */
export function where(which: Which, otherwise: FakeAnswer | Flaw): () => Flaw {
  return () => (request, answer, container) => {
    if (!which(request, container)) return answer();
    return typeof otherwise === "function" ? otherwise(request, answer, container) : otherwise;
  };
}

/** Answers with a status where it would answer with another. */
export function says(which: Which, status: number, insteadOf: number): () => Flaw {
  return where(which, async (_request, answer) => {
    const told = await answer();
    return told.status === insteadOf ? { ...told, status } : told;
  });
}

/** Answers with 500 to such requests for predictions of a loaded model. */
export function failsAt(which: Which): () => Flaw {
  return where(
    (request, container) => isInvoke(request) && container.models.has(nameIn(request)) && which(request, container),
    FAILING,
  );
}

/** What a load asks for; undefined when it is malformed. */
export function asked({ body }: FakeRequest): { readonly name: string; readonly url: string } | undefined {
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

/** The same answer, after which the connection ends. */
export function closing(answer: FakeAnswer): FakeAnswer {
  return { ...answer, headers: { ...answer.headers, connection: "close" } };
}
