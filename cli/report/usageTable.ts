import { USAGE_FIELDS } from "../pricing/usage/usageFields";

/** The figures of a usage file as a table in Markdown, as docs/price.md shows it. */
export function usageTable(): string {
  const rows = Object.entries(USAGE_FIELDS).flatMap(([group, fields]) =>
    Object.entries(fields).map(
      ([
        name,
        {
          what,
          unit,
          default: [low, expected, high],
          basis,
        },
      ]) => {
        const [a, b, c] = [low, expected, high].map((value) => value.toLocaleString("en-US"));
        const range = a === c ? `${b}` : `${a} … **${b}** … ${c}`;
        return `| \`${group}.${name}\` | ${what} | ${unit} | ${range} | ${basis} |`;
      },
    ),
  );
  return ["| figure | what | unit | default: low … expected … high | from |", "|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}
