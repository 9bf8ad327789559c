export const errorCodes: readonly {
  readonly title: string;
  /** Code → what it means, and what to do. */
  readonly codes: { readonly [code: string]: readonly [means: string, todo: string] };
}[];
