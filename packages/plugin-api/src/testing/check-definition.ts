import { isDeepStrictEqual } from "node:util";
import type { AnyComponentDefinition } from "../component.js";
import { z } from "../zod.js";
import { type CheckedWith, parsedOptions } from "./build-component.js";
import { broken, Checklist } from "./checklist.js";

const typePattern = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** Starts the checks of a component with what every kind promises: a name, and options that survive a plan. */
export async function checkDefinition(
  definition: AnyComponentDefinition,
  kinds: readonly string[],
  { options = {} }: CheckedWith,
): Promise<Checklist> {
  const list = new Checklist(definition.type);
  await list.check("it is a component of the kind that is tested", () => {
    if (!kinds.includes(definition.kind)) broken(kinds.join(" or "), definition.kind, "Use the check of that kind.");
  });
  await list.check("it has a type and a summary for lists", () => {
    if (!typePattern.test(definition.type)) broken("family/name, lower-case with hyphens", definition.type);
    if (definition.summary.trim() === "") broken("one sentence", "an empty summary");
  });
  await list.check("its options can be described to editors", () => {
    z.toJSONSchema(definition.options, { io: "input", unrepresentable: "any" });
  });
  await list.check("what a plan keeps of its options means the same when it is read again", () => {
    const first = plain(parsedOptions(definition, options));
    const again = plain(parsedOptions(definition, first as object));
    if (!isDeepStrictEqual(first, again)) broken(JSON.stringify(first), JSON.stringify(again));
  });
  await list.check("options that it does not have are refused", () => {
    const unknown = "no-such-option";
    const parsed = definition.options.safeParse({ ...options, [unknown]: 1 });
    if (parsed.success && Object.hasOwn(parsed.data as object, unknown)) {
      broken("an error", `${unknown}: 1 was kept`, "Use z.strictObject({ … }) for the options.");
    }
  });
  return list;
}

/** Options as JSON keeps them; a value that JSON changes is one that worker threads never see. */
function plain(options: object): unknown {
  const kept = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const read: unknown = JSON.parse(JSON.stringify(kept));
  if (!isDeepStrictEqual(read, kept)) broken("options of plain JSON values", `${JSON.stringify(read)} after JSON`);
  return read;
}
