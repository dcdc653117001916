import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { captureGraph } from "../cli/graph/captureGraph";
import { shippedBook } from "../cli/pricing/book/readPriceBook";
import { priceGraph } from "../cli/pricing/priceGraph";
import type { LineItem } from "../cli/pricing/priceResult";
import { readUsage } from "../cli/pricing/usage/readUsage";
import { neededQuotas } from "../cli/quotas/neededQuotas";
import { dollars } from "../cli/report/dollars";
import type { ResourceGraph } from "../contracts/graph";

/** The page, and the usage of a stack that nobody uses; from the repository's root. */
export const FIRST_DEPLOY_PAGE = "docs/first-deploy.md";
export const IDLE_USAGE = "docs/idle-usage.yaml";

const STACKS = ["dev", "prod"] as const;

/**
 * The page of the first deployment with the figures of the stacks as they are: quotas that they need, and what an idle
 * stack `dev` costs by the shipped price book.
 * @param root the repository
 */
export async function firstDeployPage(root: string): Promise<string> {
  const graphs: ResourceGraph[] = [];
  for (const stack of STACKS) graphs.push(await captureGraph({ program: root, stack, mode: "preview" }));
  const page = await readFile(path.join(root, FIRST_DEPLOY_PAGE), "utf8");
  const [dev] = graphs;
  if (dev === undefined) return page;
  return marked(marked(page, "quotas", quotaTable(graphs)), "idle", idleSentence(dev, path.join(root, IDLE_USAGE)));
}

/** A row for each quota, a column for each of the graphs. */
export function quotaTable(graphs: readonly ResourceGraph[]): string {
  const needed = graphs.map(
    (graph) => new Map(neededQuotas(graph).map(({ service, quota, needed: of }) => [`${service} | ${quota}`, of])),
  );
  const names = [...new Set(needed.flatMap((of) => [...of.keys()]))].sort();
  const rows = names.map((name) => `| ${name} | ${needed.map((of) => of.get(name) ?? "–").join(" | ")} |`);
  const head = ["service", "quota", ...graphs.map(({ stack }) => stack)];
  return [`| ${head.join(" | ")} |`, `|---|---|${"---:|".repeat(graphs.length)}`, ...rows].join("\n");
}

/** What a graph costs a month with a usage file, and how much of that its endpoints do. */
export function idleSentence(graph: ResourceGraph, usageFile: string): string {
  const book = shippedBook();
  const { items, total } = priceGraph(graph, book, readUsage(usageFile), new Date(book.date));
  const sum = (chosen: (item: LineItem) => boolean): string =>
    dollars(items.filter(chosen).reduce((before, { monthly }) => before + monthly.expected.toNumber(), 0));
  const endpoint = sum(({ resource }) => resource.type === "aws:sagemaker/endpoint:Endpoint");
  const metrics = sum(({ what }) => what === "custom metrics");
  const [expected, low, high] = [total.expected, total.low, total.high].map((amount) => dollars(amount.toNumber()));
  return `An idle stack \`${graph.stack}\` costs **${expected} a month** (${low} to ${high}), by the prices of ${book.date}: ${endpoint} of it are instances and volumes of endpoints, and ${metrics} are metrics that are charged only in months in which something is read or run.`;
}

/** A page with other text between two marks. */
function marked(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
  const [before = "", rest = ""] = page.split(begin);
  return `${before}${begin}${text}\n${rest.slice(rest.indexOf(end))}`;
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await writeFile(path.join(root, FIRST_DEPLOY_PAGE), await firstDeployPage(root));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
