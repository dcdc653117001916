import assert from "node:assert/strict";
import { comparePrices } from "../../../cli/pricing/comparePrices";
import { type HandmadeResource, priced, usageWith } from "./pricedGraph";

const repository = (name: string, parent: string): HandmadeResource => ({
  type: "aws:ecr/repository:Repository",
  name,
  parent,
});
const component = (name: string): HandmadeResource => ({ type: "company:index:Box", name });
const usage = (gb: Readonly<Record<string, number>>) =>
  usageWith({}, Object.fromEntries(Object.entries(gb).map(([name, amount]) => [name, { gb: amount }])));

describe("comparePrices", () => {
  it("tells what comes, goes and changes, the greatest first", () => {
    const before = priced(
      [component("a"), repository("grows", "a"), repository("stays", "a"), component("b"), repository("goes", "b")],
      {
        usage: usage({ grows: 10, stays: 5, goes: 30 }),
      },
    );
    const after = priced(
      [component("a"), repository("grows", "a"), repository("stays", "a"), component("c"), repository("comes", "c")],
      {
        usage: usage({ grows: 20, stays: 5, comes: 100 }),
      },
    );
    const { total, components } = comparePrices(before, after, "main", "branch");
    assert.deepEqual(
      [total, ...components.flatMap((one) => [one, ...one.resources])].map(
        ({ name, before: was, after: is, difference }) => [name, was, is, difference].join(" "),
      ),
      [
        "total 4.5 12.5 8",
        "Box c 0 10 10",
        "comes (aws:ecr/repository:Repository) 0 10 10",
        "Box b 3 0 -3",
        "goes (aws:ecr/repository:Repository) 3 0 -3",
        "Box a 1.5 2.5 1",
        "grows (aws:ecr/repository:Repository) 1 2 1",
      ],
    );
  });

  it("finds nothing between a stack and itself", () => {
    const same = priced([component("a"), repository("one", "a")]);
    const { total, components } = comparePrices(same, same, "a", "b");
    assert.ok(total.difference.isZero);
    assert.deepEqual(components, []);
  });
});
