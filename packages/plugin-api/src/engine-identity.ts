/** What results depend on: joins the fingerprint of components that use an engine. Plain JSON. */
export type EngineIdentity = {
  readonly name: string;
  readonly version: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  /** Where it computes, see `isGpu` of `@eosin/plugin-api/learning`. */
  readonly device: string;
};
