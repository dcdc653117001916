import { json, MODEL } from "./fakeContainer";
import {
  asked,
  type BrokenContainer,
  FAILING,
  isDelete,
  isDescribe,
  isLoad,
  isPing,
  nameIn,
  says,
  where,
} from "./flaws";

/** Containers whose loading or unloading is broken. */
export const LOADING: readonly BrokenContainer[] = [
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
