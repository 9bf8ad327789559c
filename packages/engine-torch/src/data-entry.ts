import type { HostedData } from "@eosin/engine-kit";
import type { Handle } from "./addon.js";

/** What is behind one of tfjs's data ids. */
export interface DataEntry extends HostedData {
  handle: Handle | undefined;
  deferred: Deferred | undefined;
}

/** A tensor that is computed only where someone wants it whole. */
export interface Deferred {
  /** What it would be made of. Freed with it. */
  readonly parts: readonly Handle[];
  compute(): Handle;
}
