import { setTimeout as sleep } from "node:timers/promises";
import { json } from "./fakeContainer";
import { type BrokenContainer, closing, isPing, isRoute, where } from "./flaws";

/** Containers whose health or routes are broken. */
export const OUTSIDE: readonly BrokenContainer[] = [
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
