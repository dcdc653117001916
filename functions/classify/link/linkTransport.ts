import { lookup } from "node:dns/promises";
import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { LinkScheme } from "../../../contracts/imageLinkRules";

/** How hosts are reached. */
export interface LinkTransport {
  /** Every address of a name. */
  resolve(host: string): Promise<readonly string[]>;
  /** Connects to an address, and to nothing else; `host` is the name that a certificate must be of. */
  connect(address: string, port: number, scheme: LinkScheme, host: string): Duplex;
}

/** The Internet. Addresses of IPv4 come first: a function outside of a VPC has no other. */
export const INTERNET: LinkTransport = {
  async resolve(host) {
    const found = await lookup(host, { all: true, order: "ipv4first" });
    return found.map(({ address }) => address);
  },
  connect(address, port, scheme, host) {
    if (scheme === LinkScheme.Http) return connectTcp({ host: address, port });
    return connectTls({ host: address, port, servername: host, ALPNProtocols: ["http/1.1"] });
  },
};
