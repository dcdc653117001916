import { InvalidInputError, type Problem, printGiven } from "./problems";

/** Schemes that a link may have. Each goes to its own port only: 443 and 80. */
export const LinkScheme = { Https: "https", Http: "http" } as const;
export type LinkScheme = (typeof LinkScheme)[keyof typeof LinkScheme];

/** Whence `imagelink` may fetch. Whatever they say, no address that is not public is ever connected to. */
export interface ImageLinkRules {
  /**
   * Hosts, in lower case and Punycode: a name; `*.example.com` for every name below it; `*` for every name; or a public
   * address, which no pattern covers. At least one.
   */
  readonly hosts: readonly string[];
  /** Schemes. Defaults to https alone. */
  readonly schemes: readonly LinkScheme[];
}

const LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const HOST = new RegExp(`^(\\*|(\\*\\.)?${LABEL}(\\.${LABEL})*|\\[?[0-9a-f:]*:[0-9a-f:.]*\\]?)$`);
const SCHEMES: readonly unknown[] = Object.values(LinkScheme);
const ALLOWED_HOST = "a host in lower case, *.<domain>, *, or a public address";

/** Every problem of the given rules; an empty list when they can be used. Unknown fields are problems too. */
export function imageLinkProblems(rules: unknown, property = "imageLink"): Problem[] {
  if (typeof rules !== "object" || rules === null || Array.isArray(rules)) {
    return [{ property, given: printGiven(rules), allowed: "an object with hosts and schemes" }];
  }
  const { hosts, schemes, ...rest } = rules as Record<string, unknown>;
  return [
    ...listProblems(hosts, `${property}.hosts`, ALLOWED_HOST, (host) => typeof host === "string" && HOST.test(host)),
    ...(schemes === undefined
      ? []
      : listProblems(schemes, `${property}.schemes`, "https or http", (scheme) => SCHEMES.includes(scheme))),
    ...Object.entries(rest).map(([name, value]) => ({
      property: `${property}.${name}`,
      given: printGiven(value),
      allowed: "one of the fields hosts, schemes",
    })),
  ];
}

/**
 * Fills in the defaults and validates.
 * @throws InvalidInputError with every problem at once
 */
export function parseImageLinkRules(rules: unknown): ImageLinkRules {
  const problems = imageLinkProblems(rules);
  if (problems.length > 0) throw new InvalidInputError("rules of imagelink", problems);
  const { hosts, schemes = [LinkScheme.Https] } = rules as ImageLinkRules;
  return { hosts, schemes };
}

function listProblems(list: unknown, property: string, allowed: string, test: (item: unknown) => boolean): Problem[] {
  if (!Array.isArray(list) || list.length === 0) {
    return [{ property, given: printGiven(list), allowed: `a list of at least one: ${allowed}` }];
  }
  return list.flatMap((item: unknown, index) =>
    test(item) ? [] : [{ property: `${property}[${index}]`, given: printGiven(item), allowed }],
  );
}
