import { EosinError } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

const pattern = z.string().refine(isPattern, { error: "A regular expression, e.g. ^encoder\\." });

/** Parameters that an optimizer treats otherwise, e.g. an encoder with published weights. */
export const parameterGroups = z
  .array(
    z.strictObject({
      names: pattern.describe("A regular expression that the names of the group's parameters match, e.g. ^encoder\\."),
      lr: z.number().min(0).default(1).describe("Factor of the learning rate; 0 leaves them as they are."),
      weightDecay: z.number().min(0).optional().describe("In the place of the optimizer's own."),
    }),
  )
  .min(1)
  .optional()
  .describe("Parameters with a rate or decay of their own; one that several match belongs to the first of them.");

export type ParameterGroups = NonNullable<z.output<typeof parameterGroups>>;

/** One call of an optimizer's kernel. */
export interface GroupCall {
  /** Factor of the learning rate. */
  readonly rate: number;
  readonly weightDecay: number;
  has(name: string): boolean;
}

/**
 * The groups of variables, each for one call of a kernel; without groups all of them are one.
 * @throws EosinError `GROUP_WITHOUT_PARAMETERS`
 */
export function groupCalls(
  names: Iterable<string>,
  groups: ParameterGroups | undefined,
  weightDecay: number,
): readonly GroupCall[] {
  const all = [...names];
  if (!groups) return [{ rate: 1, weightDecay, has: () => true }];
  const left = new Set(all);
  const calls = groups.map((group): GroupCall => {
    const matches = new RegExp(group.names);
    const own = new Set([...left].filter((name) => matches.test(name)));
    if (own.size === 0) throw withoutParameters(group.names, all);
    for (const name of own) left.delete(name);
    return { rate: group.lr, weightDecay: group.weightDecay ?? weightDecay, has: (name) => own.has(name) };
  });
  return left.size === 0 ? calls : [...calls, { rate: 1, weightDecay, has: (name) => left.has(name) }];
}

/** The same calls, in which parameters of the given names have no decay: a call that mixes both becomes two. */
export function withoutDecayOf(calls: readonly GroupCall[], names: readonly string[]): readonly GroupCall[] {
  const exempt = new Set(names);
  return calls.flatMap((call) => {
    if (call.weightDecay === 0 || !names.some((name) => call.has(name))) return [call];
    return [
      { ...call, has: (name: string) => call.has(name) && !exempt.has(name) },
      { ...call, weightDecay: 0, has: (name: string) => call.has(name) && exempt.has(name) },
    ];
  });
}

function withoutParameters(names: string, all: readonly string[]): EosinError {
  return new EosinError({
    code: "GROUP_WITHOUT_PARAMETERS",
    message: `No trainable parameter of the network belongs to the group ${names}.`,
    place: "option groups",
    expected: "a pattern that names of parameters match, and no earlier group's does",
    found: `${all.length} parameters, e.g. ${all.slice(0, 3).join(", ")}`,
    next: "Take the group out, or correct its pattern.",
  });
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
