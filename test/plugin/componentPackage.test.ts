import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";
import { ComponentPackage } from "../../plugin/componentPackage";
import { recordedOutputs } from "../components/recordedOutputs";

const ROOT = path.resolve(__dirname, "../..");
const TYPE = "frugal-ml:index:NormalizingAccessPoint";

describe("component package", () => {
  const schema = readFileSync(path.join(ROOT, "components", "schema.json"), "utf8");
  const plugin = new ComponentPackage(schema);

  it("is of the version that npm publishes, with the schema that was generated", () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")));
    equal(plugin.version, version);
    equal(plugin.schema, schema);
  });

  it("constructs a component, and gives back every output of the schema", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, ...recordedOutputs(type, name) },
      }),
      call: ({ token }) => {
        throw new Error(`the component calls ${token}`);
      },
    });
    const inputs = { transformation: { width: 224, height: 224 }, deliveries: ["function-url"] };
    const { urn, state } = await plugin.construct("images", TYPE, inputs, {});
    const { resources } = z
      .object({ resources: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()) })) })
      .parse(JSON.parse(schema));
    deepEqual(Object.keys(state).sort(), Object.keys(resources[TYPE]?.properties ?? {}).sort());
    const value = (output: pulumi.Input<string>) =>
      new Promise<string>((resolve) => pulumi.output(output).apply(resolve));
    match(await value(urn), /::frugal-ml:index:NormalizingAccessPoint::images$/);
    match(await value(state["url"]), /^https:/);
    match(await value(state["transformationHash"]), /^[0-9a-f]{12}$/);
  });

  it("names the components there are when there is no such one", async () => {
    await rejects(
      plugin.construct("a", "frugal-ml:index:Endpoint", {}, {}),
      /no component .*Endpoint; allowed: .*:PooledModel/,
    );
  });
});
