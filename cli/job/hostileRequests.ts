import type { LocalManifest } from "../../contracts/localManifest";
import type { ClassifierClient } from "./classifierClient";

/** How many hostile requests were refused, and which were not. */
export interface Refusals {
  readonly refused: number;
  readonly failures: readonly string[];
}

/** Links to where no caller may send the function: this machine, its network, and where clouds keep credentials. */
function hostileLinks({ endpoint }: LocalManifest): readonly string[] {
  return [
    `${endpoint}/_health`,
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "http://10.0.0.1/",
    "https://user@192.168.0.1/",
    "file:///etc/passwd",
  ];
}

/** Tries links that must not be followed, what is no picture, and requests that are not signed. */
export async function hostileRequests(client: ClassifierClient, manifest: LocalManifest): Promise<Refusals> {
  const tries: readonly (readonly [what: string, statuses: readonly number[], ask: () => Promise<Response>])[] = [
    ...hostileLinks(manifest).map((link) => {
      const ask = () => client.send(`?imagelink=${encodeURIComponent(link)}`, "GET");
      return [link, [400, 403], ask] as const;
    }),
    ["what is no picture", [415], () => client.send("", "POST", Buffer.from("no picture at all"))],
    ["an empty picture", [400], () => client.send("", "POST", Buffer.alloc(0))],
    ["a request that is not signed", [401, 403], () => client.sendUnsigned("POST")],
  ];
  let refused = 0;
  const failures: string[] = [];
  for (const [what, statuses, ask] of tries) {
    const answer = await ask();
    const text = await answer.text();
    if (statuses.includes(answer.status)) refused++;
    else failures.push(`${what}: answered ${answer.status} ${text.slice(0, 200)}; it must be refused`);
  }
  return { refused, failures };
}
