import type { Handle } from "../addon.js";

/** Kernels that are recorded once, with memory of their own, and launched together from then on. */
export interface PassGraph {
  /**
   * Records what `body` launches, without running it.
   * @returns Its results, which have no values yet: each replay writes them.
   * @throws What `body` throws, or Error where something could not be recorded.
   */
  capture(body: () => readonly Handle[]): readonly Handle[];
  replay(): void;
  dispose(): void;
}

/** What a device captures passes with. */
export interface GraphSupport {
  /** Why it captures none. */
  readonly lacks?: string;
  create(): PassGraph;
  /** Why there is no room for one more captured pass. Asked behind `create`, which gives unused memory back. */
  shortage(): string | undefined;
}
