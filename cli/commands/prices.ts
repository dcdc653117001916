import { Command } from "commander";

interface UpdateArguments {
  readonly region: readonly string[];
  readonly service: readonly string[];
  readonly from?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `frugal-ml prices update`: renews the price book from AWS's public offer files. */
export function pricesCommand(): Command {
  const prices = new Command("prices").description("the price book").exitOverride();
  prices
    .command("update")
    .exitOverride()
    .description("renew the price book from AWS's public offer files, without an account")
    .option("--region <region>", "Region to renew; repeatable (default: those of the book)", appended, [])
    .option(
      "--service <code>",
      "offer code, for example AmazonSageMaker; repeatable (default: all of the book)",
      appended,
      [],
    )
    .option("--from <dir|url>", "where the offer files are (default: AWS's public host)")
    .option("--out <file>", "file for the book (default: frugal-ml-prices.json)")
    .option("--json", "print what changed as JSON")
    .action(update);
  return prices;
}

async function update(given: UpdateArguments): Promise<void> {
  const { PRICES_FILE, readBookData } = await import("../pricing/book/readPriceBook.js");
  const { OFFERS, updatePrices } = await import("../pricing/update/updatePrices.js");
  const { PLAN_OFFERS } = await import("../pricing/update/updatePlanRates.js");
  const { PREFIXED_REGIONS } = await import("../pricing/update/regionPrefix.js");
  const { writeWhole } = await import("../check/writeWhole.js");
  const { CommandLineProblems } = await import("../../contracts/commandLineProblems.js");
  const out = given.out ?? PRICES_FILE;
  const old = readBookData(out);
  const known = {
    region: [...new Set(old.entries.map(({ region }) => region))].filter((region) => region !== "global"),
    service: [...new Set(old.entries.map(({ service }) => service)), ...Object.keys(PLAN_OFFERS)],
  };
  const problems = new CommandLineProblems();
  for (const region of given.region.filter((one) => !PREFIXED_REGIONS.includes(one)))
    problems.refuse("--region", region, `one of ${PREFIXED_REGIONS.join(", ")}`);
  for (const service of given.service.filter((one) => !known.service.includes(one)))
    problems.refuse("--service", service, `one of ${known.service.join(", ")}`);
  if (problems.any) throw problems.error();
  const result = await updatePrices(old, {
    regions: given.region.length > 0 ? given.region : known.region,
    services: given.service.length > 0 ? given.service : known.service,
    from: given.from ?? OFFERS,
    progress: (what) => process.stderr.write(`frugal-ml: ${what}\n`),
  });
  writeWhole(out, `${JSON.stringify(result.book, undefined, 1)}\n`);
  const { book, changed, renewed, added, kept, ambiguous, planRates } = result;
  if (given.json) {
    const { jsonText } = await import("../report/jsonText.js");
    process.stdout.write(jsonText({ file: out, date: book.date, renewed, added, changed, kept, ambiguous, planRates }));
    return;
  }
  const lines = [
    ...changed.map(({ key, before, after }) => `changed  ${key}: ${before} to ${after}`),
    ...ambiguous.map((key) => `kept     ${key}: the offer has several prices`),
    ...kept.filter((key) => !ambiguous.includes(key)).map((key) => `kept     ${key}: the offer has no price`),
    `${out}: prices of ${book.date}; ${renewed} renewed, ${changed.length} of them changed, ${added} added, ${kept.length} kept; ${planRates} rates of Savings Plans`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function appended(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
