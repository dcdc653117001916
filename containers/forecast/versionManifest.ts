import {
  CustomerStatus,
  type FleetManifest,
  type ManifestCustomer,
  PlanAction,
  type PlannedCustomer,
  QuarantineReason,
  type TrainingResult,
} from "../../contracts/fleetManifest";
import { targetModel } from "../../contracts/modelKeys";
import { ContainerFailure } from "./containerFailure";
import { select } from "./select";

/** What a version is made of. */
export interface VersionParts {
  readonly version: string;
  /** Absent for a fleet without a split: then the results name its customers. */
  readonly plan?: readonly PlannedCustomer[] | undefined;
  /** Results of all hosts, by customer. */
  readonly results: ReadonlyMap<string, TrainingResult>;
  /** Target models of this version that are in the store. */
  readonly stored: ReadonlySet<string>;
  readonly previous: FleetManifest | undefined;
}

/** Customers that a failure names. */
const NAMED = 5;

/**
 * How every customer stands in a version.
 * @throws ContainerFailure Incomplete when a customer that was to be fitted has neither a model nor a reason
 */
export function versionCustomers(parts: VersionParts): readonly ManifestCustomer[] {
  const { plan, previous, results } = parts;
  const before = new Map(previous?.customers.map((known) => [known.customer, known]));
  const planned = plan ?? [...results.values()].map(plannedFrom);
  const missing: string[] = [];
  const customers = planned.map((customer): ManifestCustomer => {
    const known = before.get(customer.customer);
    before.delete(customer.customer);
    if (customer.action === PlanAction.Keep && known !== undefined) return { ...known, status: CustomerStatus.Kept };
    const standing = customer.action === PlanAction.Fit ? fitted(customer, known, parts) : quarantined(customer, known);
    if (standing === undefined) missing.push(customer.customer);
    return standing ?? { customer: customer.customer, status: CustomerStatus.Quarantined };
  });
  if (missing.length > 0) {
    const some = missing
      .slice(0, NAMED)
      .map((customer) => JSON.stringify(customer))
      .join(", ");
    throw new ContainerFailure("Incomplete", `${missing.length} customers have no model and no reason, first ${some}`);
  }
  // Who is not in the dataset any more keeps the model until it is erased: rows may be missing by mistake.
  for (const known of before.values()) customers.push({ ...known, status: CustomerStatus.Absent });
  return customers.sort((a, b) => (a.customer < b.customer ? -1 : 1));
}

function plannedFrom({ customer, inputHash }: TrainingResult): PlannedCustomer {
  return { customer, action: PlanAction.Fit, inputHash, rows: 0 };
}

function fitted(
  { customer, inputHash }: PlannedCustomer,
  known: ManifestCustomer | undefined,
  { version, results, stored }: VersionParts,
): ManifestCustomer | undefined {
  const result = results.get(customer);
  const current = result?.inputHash === inputHash ? result : undefined;
  if (current?.status === "quarantined") {
    const { reason = QuarantineReason.FitFailed, detail } = current;
    return quarantined({ customer, action: PlanAction.Quarantine, inputHash, rows: 0, reason, detail }, known);
  }
  const model = targetModel({ version, customer });
  if (current === undefined || !stored.has(model)) return undefined;
  return {
    customer,
    status: CustomerStatus.Fitted,
    inputHash,
    points: current.points,
    ...(current.backtest && { backtest: current.backtest }),
    model,
    ...(known?.pointer !== undefined && { pointer: known.pointer }),
    ...(current.durationMs !== undefined && { durationMs: current.durationMs }),
  };
}

/** In quarantine an older model, when there is one, stays current. */
function quarantined(
  { customer, inputHash, reason, detail }: PlannedCustomer,
  known: ManifestCustomer | undefined,
): ManifestCustomer {
  return {
    customer,
    status: CustomerStatus.Quarantined,
    ...(inputHash !== undefined && { inputHash }),
    ...(known?.model !== undefined && { model: known.model }),
    ...(known?.pointer !== undefined && { pointer: known.pointer }),
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
  };
}

/** Puts a manifest together. */
export function versionManifest(
  fleet: string,
  version: string,
  previous: FleetManifest | undefined,
  customers: readonly ManifestCustomer[],
  completedAt: Date,
): FleetManifest {
  const counts = { fitted: 0, kept: 0, quarantined: 0, absent: 0 };
  for (const { status } of customers) counts[status]++;
  return {
    schema: 1,
    fleet,
    version,
    ...(previous !== undefined && { previous: previous.version }),
    completedAt: completedAt.toISOString(),
    counts,
    medianMase: median(customers.map(({ backtest }) => backtest?.mase)),
    medianNaiveMase: median(customers.map(({ backtest }) => backtest?.naiveMase)),
    customers,
  };
}

function median(values: readonly (number | null | undefined)[]): number | null {
  const known = Float64Array.from(values.filter((value) => value !== null && value !== undefined));
  return known.length === 0 ? null : select(known, known.length >> 1);
}
