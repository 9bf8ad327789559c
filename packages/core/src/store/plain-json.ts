import { EosinError, type JsonValue } from "@eosin/plugin-api";

/**
 * A step's value must come back from the store as it went in.
 * @throws EosinError `STEP_VALUE_INVALID`, naming the path inside the value
 */
export function requireJson(value: unknown, instance: string): asserts value is JsonValue {
  const fault = findFault(value, "value");
  if (!fault) return;
  throw new EosinError({
    code: "STEP_VALUE_INVALID",
    message: `What ${instance} returned is not plain JSON: ${fault.path} is ${fault.found}.`,
    place: instance,
    expected: "null, booleans, finite numbers, strings, arrays and plain objects",
    found: fault.found,
    next: "Return plain data from the component's run(); give bytes to context.output.",
  });
}

function findFault(value: unknown, path: string): { path: string; found: string } | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : { path, found: String(value) };
  if (typeof value !== "object") return { path, found: typeof value };
  if (Array.isArray(value)) return firstFault(value.map((item, index) => [`${path}[${index}]`, item] as const));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return { path, found: `a ${value.constructor?.name ?? "class instance"}` };
  }
  return firstFault(Object.entries(value).map(([key, item]) => [`${path}.${key}`, item] as const));
}

function firstFault(items: readonly (readonly [string, unknown])[]): { path: string; found: string } | undefined {
  for (const [path, item] of items) {
    const fault = findFault(item, path);
    if (fault) return fault;
  }
  return undefined;
}
