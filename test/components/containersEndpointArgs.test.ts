import { deepEqual, match } from "node:assert/strict";
import { IMAGE } from "./fleetVariants";
import { properties, serial, several } from "./optionProblems";
import { ARCHIVE } from "./optionVariants";

describe("Arguments of several containers", () => {
  const containers = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `c${n}`, image: IMAGE }));

  it("take 2 to 15 of different names", () => {
    for (const problems of [several, serial]) {
      for (const count of [2, 15]) deepEqual(problems({ containers: containers(count) }), []);
      for (const count of [0, 1, 16])
        deepEqual(properties(problems({ containers: containers(count) })), ["containers"]);
      const same = [...containers(1), ...containers(1)];
      match(problems({ containers: same })[0] ?? "", /allowed: 2 to 15 containers of different names/);
      for (const name of ["-a", "a_b", "a".repeat(64)]) {
        deepEqual(properties(problems({ containers: [{ name, image: IMAGE }, ...containers(1)] })), [
          "containers[0].name",
        ]);
      }
    }
  });

  it("take a multi-model container in a pipeline, one alone", () => {
    const multi = (name: string) => ({ name, image: IMAGE, multiModel: true, modelPrefixUrl: "s3://our-models/all/" });
    deepEqual(serial({ containers: [multi("a"), ...containers(2)] }), []);
    deepEqual(serial({ containers: [multi("a"), multi("b")] }), [
      "containers: given 2 multi-model containers; allowed: at most 1",
    ]);
    deepEqual(several({ containers: [multi("a"), ...containers(1)] }), [
      "containers: given 1 multi-model containers; allowed: none: only an InferencePipelineEndpoint takes one",
    ]);
    const wrong = [
      { name: "a", image: IMAGE, multiModel: true, modelDataUrl: ARCHIVE },
      { name: "b", image: IMAGE, modelPrefixUrl: "s3://our-models/all/" },
    ];
    deepEqual(properties(serial({ containers: wrong })), [
      "containers[0].modelDataUrl",
      "containers[0].modelPrefixUrl",
      "containers[1].modelPrefixUrl",
    ]);
  });

  it("refuse what endpoints of one container have", () => {
    const others = { variants: [], shadow: {}, image: IMAGE, modelDataUrl: ARCHIVE, memoryMb: 1024 };
    for (const problems of [several, serial]) {
      deepEqual(properties(problems({ ...others, instanceType: "ml.g5.xlarge" })), [
        "variants",
        "shadow",
        "image",
        "modelDataUrl",
        "memoryMb",
        "instanceType",
      ]);
    }
  });
});
