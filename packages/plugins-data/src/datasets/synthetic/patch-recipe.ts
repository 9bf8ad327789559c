/** All that a patch is drawn from. */
export interface PatchRecipe {
  readonly seed: number;
  readonly scanner: string;
  readonly index: number;
  readonly size: number;
  readonly tumourFree: number;
  readonly confounders: number;
  readonly atypia: number;
}
