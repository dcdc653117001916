/** What `split` decided for a customer. */
export const PlanAction = {
  /** Its data is new or changed. */
  Fit: "fit",
  /** Its data and the model's options are as they were: the model stays. */
  Keep: "keep",
  /** Its data cannot be used. */
  Quarantine: "quarantine",
} as const;
export type PlanAction = (typeof PlanAction)[keyof typeof PlanAction];

/** Why a series cannot be used. */
export const QuarantineReason = {
  /** No row has a readable timestamp and a number. */
  Empty: "Empty",
  /** Fewer distinct timestamps than the model needs. */
  TooShort: "TooShort",
  /** More rows than the limit are not readable. */
  Unreadable: "Unreadable",
  /** A value is infinite, or so large that its square is. */
  OutOfRange: "OutOfRange",
  /** Every value is the same: there is nothing to learn, and most often a meter that stands still. */
  Constant: "Constant",
  /** The model failed on it. */
  FitFailed: "FitFailed",
  /** The id cannot be written as a key. */
  BadId: "BadId",
} as const;
export type QuarantineReason = (typeof QuarantineReason)[keyof typeof QuarantineReason];

/** One line of the plan. */
export interface PlannedCustomer {
  readonly customer: string;
  readonly action: PlanAction;
  /** SHA-256 over the model's options and the customer's CSV; absent in quarantine. */
  readonly inputHash?: string;
  /** Rows of the customer in the dataset. */
  readonly rows: number;
  readonly reason?: QuarantineReason;
  readonly detail?: string;
}

/** Figures of a plan. */
export interface PlanSummary {
  readonly customers: number;
  readonly fit: number;
  readonly keep: number;
  readonly quarantine: number;
  readonly rows: number;
  /** Rows without a customer. */
  readonly lostRows: number;
  readonly instances: number;
  /** Instances that will have nothing to train, and are billed. */
  readonly idleInstances: number;
}

/** Accuracy on the points that were held out, and the seasonal-naive baseline's on the same. */
export interface Backtest {
  /** Points held out. */
  readonly holdout: number;
  /** Mean absolute scaled error: scaled by the mean absolute seasonal difference of the training part. */
  readonly mase: number | null;
  /** Mean absolute percentage error in percent, over points that are not 0. */
  readonly mape: number | null;
  readonly naiveMase: number | null;
  readonly naiveMape: number | null;
  /** Share of held-out points within the prediction interval, 0 to 1. */
  readonly coverage: number | null;
}

/** One line of a host's log of results. */
export interface TrainingResult {
  readonly customer: string;
  readonly inputHash: string;
  readonly status: "fitted" | "quarantined";
  readonly reason?: QuarantineReason;
  readonly detail?: string;
  /** Distinct timestamps that were fitted. */
  readonly points: number;
  readonly backtest?: Backtest | undefined;
  /** Milliseconds of the fit, its backtest included; absent when the result was read back from an archive. */
  readonly durationMs?: number;
}

/** How a customer stands in a version. */
export const CustomerStatus = {
  /** A model of this version is current. */
  Fitted: "fitted",
  /** Data unchanged: the older key is kept. */
  Kept: "kept",
  /** No model could be made; an older one, when there is one, stays current. */
  Quarantined: "quarantined",
  /** Not in the dataset any more; its model stays until it is erased. */
  Absent: "absent",
} as const;
export type CustomerStatus = (typeof CustomerStatus)[keyof typeof CustomerStatus];

/** One customer of a manifest. */
export interface ManifestCustomer {
  readonly customer: string;
  readonly status: CustomerStatus;
  /** SHA-256 of what the model was made from. */
  readonly inputHash?: string;
  /** Distinct timestamps that the model was fitted on. */
  readonly points?: number;
  readonly backtest?: Backtest;
  /** `{version}/{customer}.tar.gz`, the target model; absent when the customer has none. */
  readonly model?: string;
  /** ETag of the customer's pointer as the fleet wrote it last. */
  readonly pointer?: string;
  readonly durationMs?: number;
  readonly reason?: QuarantineReason;
  readonly detail?: string;
}

/** What a version is, for the operator. Written once, when the version is complete. */
export interface FleetManifest {
  readonly schema: 1;
  readonly fleet: string;
  readonly version: string;
  /** Version before this one; absent for the first. */
  readonly previous?: string;
  /** ISO time at which the version was complete. */
  readonly completedAt: string;
  readonly counts: Readonly<Record<CustomerStatus, number>>;
  /** Medians over the customers that have a backtest. */
  readonly medianMase: number | null;
  readonly medianNaiveMase: number | null;
  readonly customers: readonly ManifestCustomer[];
}

/** What a caller reads to know which model of a customer to ask for. */
export interface ModelPointer {
  readonly customer: string;
  readonly version: string;
  /** What `TargetModel` must be. */
  readonly targetModel: string;
  /** True when an operator holds it there. */
  readonly pinned: boolean;
}
