import { deepEqual, equal } from "node:assert/strict";
import { matchRoute } from "../../../../cli/local/apigateway/routeKey";

const ROUTES = ["$default", "ANY /{proxy+}", "GET /pets/{id}", "GET /pets/dog", "ANY /pets/dog", "POST /"].map(
  (routeKey) => ({ routeKey }),
);

function match(method: string, path: string, routes = ROUTES) {
  const found = matchRoute(routes, method, path);
  return found && [found.route.routeKey, found.pathParameters];
}

describe("cli/local/apigateway/routeKey", () => {
  it("takes the most specific path, then the method by its name, whatever the order of the routes", () => {
    for (const routes of [ROUTES, [...ROUTES].reverse()]) {
      deepEqual(match("GET", "/pets/dog", routes), ["GET /pets/dog", {}]);
      deepEqual(match("PUT", "/pets/dog", routes), ["ANY /pets/dog", {}]);
      deepEqual(match("GET", "/pets/cat", routes), ["GET /pets/{id}", { id: "cat" }]);
      deepEqual(match("DELETE", "/pets/cat", routes), ["ANY /{proxy+}", { proxy: "pets/cat" }]);
      deepEqual(match("POST", "/", routes), ["POST /", {}]);
    }
  });

  it("finds nothing where no route fits", () => {
    const routes = ["GET /", "POST /", "GET /pets/{id}"].map((routeKey) => ({ routeKey }));
    for (const [method, path] of [
      ["DELETE", "/"],
      ["GET", "/pets"],
      ["GET", "/pets/1/2"],
      ["HEAD", "/"],
      ["get", "/"],
      ["GET", "//"],
    ] as const) {
      equal(match(method, path, routes), undefined, `${method} ${path}`);
    }
  });
});
