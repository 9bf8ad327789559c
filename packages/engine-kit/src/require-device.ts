import { EosinError } from "@eosin/plugin-api";

/** What {@link requireDevice} throws: `auto` then looks at the next engine. */
export const deviceErrorCode = "ENGINE_DEVICE";

/**
 * The device that results are computed on.
 * @param requested Of the request; absent where the engine may choose.
 * @param offered What the engine has here, its best first.
 * @throws EosinError `ENGINE_DEVICE` where the requested one is not among them.
 */
export function requireDevice(engine: string, requested: string | undefined, offered: readonly string[]): string {
  if (requested === undefined) return offered[0];
  if (offered.includes(requested)) return requested;
  throw new EosinError({
    code: deviceErrorCode,
    message: `The engine ${engine} has no device ${requested} here.`,
    expected: offered.join(" or "),
    found: requested,
    next: "Leave the device out, or choose another engine: pipe doctor shows what each one has.",
  });
}
