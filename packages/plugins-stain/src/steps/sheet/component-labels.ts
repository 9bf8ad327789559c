import type { ComponentSpec } from "@eosin/plugin-api";

/** A title each: the type and, where the list holds that type more than once, the options that differ. */
export function componentLabels(specs: readonly ComponentSpec[]): readonly string[] {
  return specs.map((spec) => {
    const alike = specs.filter(({ uses }) => uses === spec.uses);
    const text = (each: ComponentSpec, key: string) => JSON.stringify(each.with[key]);
    const keys = [...new Set(alike.flatMap((each) => Object.keys(each.with)))];
    const differing = keys.filter((key) => alike.some((each) => text(each, key) !== text(spec, key)));
    const told = differing.flatMap((key) => (spec.with[key] === undefined ? [] : [`${key} ${plain(spec.with[key])}`]));
    return told.length === 0 ? spec.uses : `${spec.uses} (${told.join(", ")})`;
  });
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
