import assert from "node:assert/strict";
import { withoutRows } from "../../../cli/fleet/eraseCustomer";

/** A byte-order mark, as latin1 shows it. */
const MARK = "\u00EF\u00BB\u00BF";

describe("withoutRows", () => {
  it("leaves out the rows of one customer, in whichever column and case", () => {
    assert.equal(withoutRows("timestamp,Customer_ID\n1,a\n2,b\n3,a\n", "a"), "timestamp,Customer_ID\n2,b\n");
    assert.equal(withoutRows("customer_id,timestamp\nb,1\n", "a"), undefined);
  });

  it("finds them behind a byte-order mark, and keeps it", () => {
    for (const header of ["customer_id,timestamp", '"customer_id","timestamp"']) {
      assert.equal(withoutRows(`${MARK}${header}\na,1\nb,2\n`, "a"), `${MARK}customer_id,timestamp\nb,2\n`);
    }
  });
});
