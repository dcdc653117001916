import assert from "node:assert/strict";
import { markOutput, realDependencies, waitingFor } from "../../../cli/graph/waitingFor";
import { UNKNOWN, Unknown } from "../../../contracts/graph";

const A = "urn:pulumi:dev::p::a:b/c:C::one";
const B = "urn:pulumi:dev::p::a:b/c:C$x:y:Z::one";
const id = (): string => "id";

describe("waitingFor", () => {
  it("names resource and output when there is one candidate", () => {
    assert.deepEqual(waitingFor([A, markOutput(A, "arn")], id), new Unknown(A, "arn"));
    assert.deepEqual(waitingFor([A], id), new Unknown(A, "id"));
    assert.deepEqual(
      waitingFor([A], () => undefined),
      new Unknown(A),
    );
  });

  it("names no more than it can tell", () => {
    assert.deepEqual(waitingFor([A, markOutput(A, "arn"), markOutput(A, "name")], id), new Unknown(A));
    assert.deepEqual(waitingFor([A, B, markOutput(A, "arn")], id), UNKNOWN);
    assert.deepEqual(waitingFor([], id), UNKNOWN);
    assert.deepEqual(
      waitingFor([B, markOutput(A, "arn")], () => undefined),
      new Unknown(B),
    );
  });

  it("takes made up dependencies out, and repetitions", () => {
    assert.deepEqual(realDependencies([A, markOutput(A, "arn"), B, A]), [A, B]);
  });
});
