import { deepEqual, equal } from "node:assert/strict";
import { TransformPlane } from "./transformPlane";

describe("what a transform job makes of records", () => {
  let transform: TransformPlane;

  before(async () => {
    transform = await TransformPlane.start();
  });

  after(() => transform.stop());

  it("filters what is asked, joins what is answered, and filters what is kept, of CSV", async () => {
    await transform.put("csv/a", 'id-1,5,6\n"id, 2",7\n');
    const DataProcessing = { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-2]" } as const;
    await transform.run("csv/", { job: { DataProcessing }, input: { ContentType: "text/csv" } });
    equal(await transform.read("out/csv/a.out"), 'id-1,2\n"id, 2",1\n');
  });

  it("leaves every byte of CSV as it was, whatever its encoding", async () => {
    await transform.put("latin/a", Buffer.from("Jos\xe9,1,2\n", "latin1"));
    const DataProcessing = { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" } as const;
    await transform.run("latin/", { job: { DataProcessing }, input: { ContentType: "text/csv" } });
    deepEqual(await transform.bytes("out/latin/a.out"), Buffer.from("Jos\xe9,x\n", "latin1"));
  });

  it("and of JSON, line by line", async () => {
    await transform.put("json/a", '{"id":1,"features":{"x":1,"y":2}}\n{"id":2,"features":{}}\n');
    const join = { InputFilter: "$.features", JoinSource: "Input" } as const;
    const input = { ContentType: "application/jsonlines" };
    await transform.run("json/", { job: { DataProcessing: join }, input });
    const lines = (await transform.read("out/json/a.out")).trim().split("\n");
    deepEqual(JSON.parse(lines[0] ?? ""), { id: 1, features: { x: 1, y: 2 }, SageMakerOutput: { score: 2 } });
    const DataProcessing = { ...join, OutputFilter: "$['id','SageMakerOutput']" };
    await transform.run("json/", { job: { DataProcessing }, input });
    equal((await transform.read("out/json/a.out")).split("\n")[1], '{"id":2,"SageMakerOutput":{"score":0}}');
  });
});
