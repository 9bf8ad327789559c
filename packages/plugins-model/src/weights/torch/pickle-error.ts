import { EosinError } from "@eosin/plugin-api";

/** @param what The instruction or global that is refused, by name. */
export function refused(what: string): EosinError {
  return new EosinError({
    code: "PICKLE_REFUSED",
    message: `The checkpoint uses ${what}, which this reader does not run.`,
    expected: "a state dict: names and tensors, nothing else",
    next: "Save it with torch.save(model.state_dict(), …), or as safetensors.",
  });
}

export function corrupt(found: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "WEIGHTS_CORRUPT",
    message: "The PyTorch checkpoint is damaged.",
    found,
    cause,
    next: "Copy or download the file again.",
  });
}
