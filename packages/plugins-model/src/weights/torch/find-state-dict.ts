import { EosinError } from "@eosin/plugin-api";
import type { PickleValue } from "./read-pickle.js";
import { asTensor } from "./torch-tensors.js";

/** Where checkpoints keep their state dict: the first of these that holds tensors is taken. */
const STATE_DICT_KEYS = [
  "state_dict",
  "model_state_dict",
  "model_state",
  "model",
  "net",
  "network",
  "module",
  "network_weights",
];

/** Running averages of the weights: taken where a checkpoint has no others. */
const AVERAGE_KEYS = ["state_dict_ema", "model_ema", "ema_state_dict", "ema_model", "ema"];

const DEEPEST = 4;

export interface StateDict {
  readonly entries: ReadonlyMap<PickleValue, PickleValue>;
  /** The keys that lead to it; none where the checkpoint is the state dict itself. */
  readonly path: readonly string[];
}

/** @throws EosinError `WEIGHTS_CORRUPT` where there is none. */
export function findStateDict(root: PickleValue): StateDict {
  const found = find(root, []);
  if (found) return found;
  throw new EosinError({
    code: "WEIGHTS_CORRUPT",
    message: "The checkpoint holds no state dict.",
    expected: `a dictionary of tensors, or one under ${[...STATE_DICT_KEYS, ...AVERAGE_KEYS].join(", ")}`,
    next: "Save it with torch.save(model.state_dict(), …), or as safetensors.",
  });
}

function find(value: PickleValue | undefined, path: readonly string[]): StateDict | undefined {
  // A dictionary may hold itself.
  if (!(value instanceof Map) || path.length > DEEPEST) return undefined;
  const under = (keys: readonly string[]) => {
    for (const key of keys) {
      const found = find(value.get(key), [...path, key]);
      if (found) return found;
    }
    return undefined;
  };
  const own = () => ([...value.values()].some(asTensor) ? { entries: value, path } : undefined);
  return under(STATE_DICT_KEYS) ?? own() ?? under(AVERAGE_KEYS);
}
