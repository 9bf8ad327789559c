import { EosinError, type EosinErrorDetails } from "@eosin/plugin-api";

/** The one error of this folder. */
export function installFailure(details: Omit<EosinErrorDetails, "code">): EosinError {
  return new EosinError({ code: "ENGINE_INSTALL_FAILED", ...details });
}
