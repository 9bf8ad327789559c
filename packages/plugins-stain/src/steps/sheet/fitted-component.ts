import {
  type ComponentSpec,
  instantiate,
  isEosinError,
  type JsonValue,
  type Logger,
  type PluginModules,
} from "@eosin/plugin-api";
import type { Augmenter, Normalizer, Sample } from "@eosin/plugin-api/imaging";

/** A component that learned what it needs, and what it says about a patch. */
export interface Fitted<Implementation> {
  readonly label: string;
  readonly spec: ComponentSpec<Implementation>;
  /** Absent where it found nothing to learn from. */
  readonly it?: Implementation;
  /** Why it found nothing. */
  readonly unusable?: string;
  readonly state?: JsonValue;
  /** @returns What it warned of since it was last asked, e.g. why it left a patch as it is. */
  takeWarning(): string | undefined;
}

/** What errors of `fit` mean that say: there is no patch to learn from. */
const nothingToLearn: ReadonlyMap<string, string> = new Map([
  ["TARGET_UNSUITABLE", "no patch can be its target"],
  ["TEMPLATE_EMPTY", "there is no patch that it could learn from"],
]);

/**
 * Builds a component as worker threads do, and fits it.
 * @param training A fresh pass over the samples to learn from.
 * @throws What building and fitting throw, but where there is nothing to learn from: a sheet says so and goes on.
 */
export async function fitComponent<Implementation extends Normalizer | Augmenter>(
  spec: ComponentSpec<Implementation>,
  label: string,
  modules: PluginModules,
  training: () => AsyncIterable<Sample>,
): Promise<Fitted<Implementation>> {
  const reasons: string[] = [];
  const log: Logger = { info: () => {}, warn: (message, about) => reasons.push(about?.reason ?? message) };
  const common = {
    label,
    spec,
    takeWarning: () => reasons.splice(0)[0],
  };
  const unfitted = await instantiate<Implementation>(spec, { modules, log });
  if (!unfitted.fit) return { ...common, it: unfitted };
  try {
    const state = await unfitted.fit(training());
    return { ...common, state, it: await instantiate<Implementation>(spec, { modules, log, state }) };
  } catch (error) {
    const unusable = isEosinError(error) ? nothingToLearn.get(error.code) : undefined;
    if (unusable === undefined) throw error;
    return { ...common, unusable };
  }
}
