import type { EosinError } from "../eosin-error.js";

/** What the options of a network or an encoder say of the weights that training starts from. */
export interface InitialWeights {
  /** Where they are named, from the component's own options on, e.g. `["weights"]`: for errors. */
  readonly option: readonly (string | number)[];
  /** The file that is read when the network is built; planning looks whether it fits. */
  readonly file?: string;
  /** Why there is no file. Planning refuses the option, or says it where the weights can be fetched. */
  readonly missing?: { readonly error: EosinError; readonly fetchable: boolean };
}
