import { deepEqual } from "node:assert/strict";
import { isPublicAddress } from "../../../../functions/classify/link/publicAddress";

describe("functions/classify/link/publicAddress", () => {
  it("takes the public Internet, up to the edges of what is not", () => {
    const taken = [
      "1.1.1.1",
      "9.255.255.255",
      "11.0.0.0",
      "93.184.215.14",
      "100.63.255.255",
      "100.128.0.0",
      "126.255.255.255",
      "128.0.0.0",
      "169.253.255.255",
      "172.15.255.255",
      "172.32.0.0",
      "192.0.1.0",
      "192.167.255.255",
      "198.17.255.255",
      "198.20.0.0",
      "223.255.255.255",
      "2001:4860:4860::8888",
      "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
      "2a00:1450::1",
    ];
    deepEqual(
      taken.filter((address) => !isPublicAddress(address)),
      [],
    );
  });

  it("takes nothing that is spelled otherwise, or is no address", () => {
    const odd = [
      "",
      "example.com",
      "1.1.1",
      "01.1.1.1",
      "0x1.1.1.1",
      "16843009",
      "1.1.1.1 ",
      "[2606:2800::1]",
      "2606:2800::1%1",
    ];
    deepEqual(odd.filter(isPublicAddress), []);
  });
});
