/** A plugin as it was found. */
export interface FoundPlugin {
  readonly version: string;
  readonly apiVersion: string;
  /** `file:` URL of its main module. */
  readonly module: string;
  /** `file:` URL of its package folder. */
  readonly folder: string;
  /** Plugins whose services it uses: their code joins the fingerprints of its components. */
  readonly requires: readonly string[];
}

/** A plugin as the plan locks it. */
export interface LockedPlugin extends FoundPlugin {
  /** SHA-256 over its built files: an edited folder plugin is another plugin. */
  readonly hash: string;
}
