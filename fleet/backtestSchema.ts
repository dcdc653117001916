import * as z from "zod";
import type { Backtest } from "../contracts/fleetManifest";

const Rate = z.number().nullable();

/** A `Backtest`, as logs, archives and manifests have it. */
export const backtestSchema: z.ZodType<Backtest> = z.object({
  holdout: z.int(),
  mase: Rate,
  mape: Rate,
  naiveMase: Rate,
  naiveMape: Rate,
  coverage: Rate,
});
