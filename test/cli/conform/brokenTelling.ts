import { json, MODEL } from "./fakeContainer";
import { type BrokenContainer, FAILING, isDescribe, isList, says, where } from "./flaws";

/** Containers that tell wrongly what is loaded. */
export const TELLING: readonly BrokenContainer[] = [
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
