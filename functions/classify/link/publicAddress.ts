import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * IPv4 that is not global unicast (iana.org/assignments/iana-ipv4-special-registry): this network, private, shared
 * (carrier-grade NAT), loopback, link-local with the instance and task metadata services, protocol assignments,
 * documentation, 6to4 relays, benchmarking, multicast, reserved and broadcast.
 */
const NOT_PUBLIC_IPV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** All of IPv6 that is assigned as global unicast (iana.org/assignments/ipv6-address-space). */
const GLOBAL_IPV6 = ["2000::", 3] as const;

/**
 * What of it is not, or carries an IPv4 address that would have to be judged (iana.org/assignments/iana-ipv6-special-registry):
 * protocol assignments with Teredo and ORCHID, documentation, 6to4, documentation again. Mapped and compatible addresses,
 * NAT64, unique local (fd00:ec2::254 among them), link-local and multicast lie outside of global unicast.
 */
const NOT_PUBLIC_IPV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const notPublicIpv4 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_IPV4) notPublicIpv4.addSubnet(network, prefix, "ipv4");
const globalIpv6 = new BlockList();
globalIpv6.addSubnet(...GLOBAL_IPV6, "ipv6");
const notPublicIpv6 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_IPV6) notPublicIpv6.addSubnet(network, prefix, "ipv6");

/**
 * Whether an address is one of the public Internet.
 * @param address IPv4 in four decimal numbers, or IPv6; anything else, zones included, is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublicIpv4.check(address, "ipv4");
  if (!isIPv6(address) || address.includes("%")) return false;
  return globalIpv6.check(address, "ipv6") && !notPublicIpv6.check(address, "ipv6");
}
