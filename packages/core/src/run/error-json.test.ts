import { EosinError } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { deserializeError, serializeError } from "./error-json.js";

describe("errors between processes", () => {
  it("keep everything that a user sees", () => {
    const details = {
      code: "NAN_LOSS",
      message: "The loss is not a number.",
      place: { file: "a.yaml", line: 3, column: 5 },
      expected: "a finite loss",
      found: "NaN in epoch 3",
      didYouMean: "adam",
      next: "Lower the learning rate.",
    };
    const across = JSON.parse(JSON.stringify(serializeError(new EosinError(details))));
    expect(across).toEqual(details);
    expect(deserializeError(across)).toMatchObject({ ...details, $eosin: "error" });
  });

  it("of no known kind keep message and stack", () => {
    const error = new RangeError("too deep");
    expect(serializeError(error)).toEqual({ code: "UNEXPECTED", message: "too deep", stack: error.stack });
    expect(serializeError("a string")).toMatchObject({ code: "UNEXPECTED", message: "a string" });
  });
});
