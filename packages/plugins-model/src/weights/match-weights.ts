import { EosinError, nearestName } from "@eosin/plugin-api";
import type { NetworkParameter } from "@eosin/plugin-api/learning";
import type { StoredTensors } from "@eosin/plugin-api/tensor-file";
import { storedShape } from "./parameter-layout.js";

const LISTED = 5;

/**
 * Checks that the tensors are the parameters, name by name and shape by shape.
 * @param onFile The names on file of those that are under another one here; messages speak of the file's own.
 * @throws EosinError `WEIGHTS_MISMATCH`: all that is missing, unexpected or of another shape, with the nearest names.
 */
export function matchWeights(
  parameters: ReadonlyMap<string, NetworkParameter>,
  tensors: StoredTensors,
  place: string,
  onFile: ReadonlyMap<string, string> = new Map(),
): void {
  const called = (name: string) => onFile.get(name) ?? name;
  const missing = [...parameters.keys()].filter((name) => !tensors.has(name));
  const unexpected = [...tensors.keys()].filter((name) => !parameters.has(name)).map(called);
  const misshapen: string[] = [];
  for (const { name, layout, variable } of parameters.values()) {
    const found = tensors.get(name)?.shape;
    const expected = storedShape(layout, variable.shape);
    if (found && found.join() !== expected.join()) {
      misshapen.push(`${called(name)} is [${found.join(", ")}], not [${expected.join(", ")}]`);
    }
  }
  if (missing.length + unexpected.length + misshapen.length === 0) return;
  const nearest = missing.length > 0 ? nearestName(missing[0], unexpected) : undefined;
  throw new EosinError({
    code: "WEIGHTS_MISMATCH",
    message: "The weights do not fit the network.",
    place,
    expected: `${parameters.size} tensors`,
    found: [listed("missing", missing), listed("unexpected", unexpected), listed("of another shape", misshapen)]
      .filter((part) => part !== undefined)
      .join("; "),
    didYouMean: nearest && `${nearest} for ${missing[0]}`,
    next: "Give the file that was made for this encoder and these options.",
  });
}

function listed(what: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const rest = names.length > LISTED ? `, and ${names.length - LISTED} more` : "";
  return `${names.length} ${what}: ${names.slice(0, LISTED).join(", ")}${rest}`;
}
