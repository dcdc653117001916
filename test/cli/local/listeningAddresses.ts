import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** State of a listening socket in /proc/net/tcp. */
const LISTEN = "0A";

/** Addresses on which this process and those below it listen, `127.0.0.1:4566`, as Linux itself tells. */
export function listeningAddresses(): readonly string[] {
  const inodes = new Set(withDescendants(process.pid).flatMap(socketInodes));
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN && inodes.has(fields[9] ?? ""))
      .map((fields) => readable(fields[1] ?? "")),
  );
}

function withDescendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(withDescendants)];
}

function socketInodes(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.slice(1) ?? [];
    } catch {
      // Closed since it was listed.
      return [];
    }
  });
}

/** `0100007F:11D6` is 127.0.0.1:4566: bytes of the address in reverse. Longer ones are IPv6 and stay as they are. */
function readable(address: string): string {
  const [host = "", port = ""] = address.split(":");
  const bytes = host.match(/../g)?.reverse() ?? [];
  const name = bytes.length === 4 ? bytes.map((byte) => Number.parseInt(byte, 16)).join(".") : `[${host}]`;
  return `${name}:${Number.parseInt(port, 16)}`;
}
