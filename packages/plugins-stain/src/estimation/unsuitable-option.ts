import { z } from "@eosin/plugin-api/zod";

/** The option of every component that measures stains or colours and may meet a patch without them. */
export const unsuitableOption = {
  /**
   * What to do with a patch that the method has nothing to work with in: white, black, of one colour, almost without
   * tissue, of one stain only. `pass` leaves it as it is, says so once by name, and the report counts such patches;
   * `error` stops with `PATCH_UNSUITABLE`.
   */
  unsuitable: z
    .enum(["pass", "error"])
    .default("pass")
    .describe(
      "A patch without stains to work with passes unchanged, warned of once and counted in the report, or stops.",
    ),
};

export type UnsuitableChoice = "pass" | "error";
