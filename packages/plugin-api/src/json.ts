/** Plain data: what options, planned values and artifact values consist of. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A map of plain data. */
export type JsonObject = { readonly [key: string]: JsonValue };
