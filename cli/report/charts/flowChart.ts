import type { FLOW_SIGNS } from "./flowSigns";

/** What a drawing of flows is of. */
export interface FlowChart {
  readonly boxes: readonly {
    readonly id: string;
    readonly shape: keyof typeof FLOW_SIGNS;
    readonly kind: string;
    readonly name: string;
    /** A third line; empty for none. */
    readonly detail: string;
  }[];
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}
