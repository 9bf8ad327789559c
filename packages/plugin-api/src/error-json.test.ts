import { open } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { EosinError, isEosinError } from "./eosin-error.js";
import { deserializeError, serializeError } from "./error-json.js";

const overJson = (error: unknown) => JSON.parse(JSON.stringify(serializeError(error)));
const details = {
  code: "NAN_LOSS",
  message: "The loss is not a number.",
  place: { file: "a.yaml", line: 3, column: 5 },
  expected: "a finite loss",
  found: "NaN in epoch 3",
  didYouMean: "adam",
  next: "Lower the learning rate.",
};

describe("errors between processes", () => {
  it("keep everything that a user sees", () => {
    const across = overJson(new EosinError(details));
    expect(across).toEqual(details);
    expect(deserializeError(across)).toMatchObject({ ...details, $eosin: "error" });
  });

  it("keep the errors that were found with them", () => {
    const second = new EosinError({ code: "SECOND", message: "Another one." });
    const error = deserializeError(overJson(new EosinError({ ...details, also: [second] })));
    expect(error).toMatchObject({ ...details, also: [{ code: "SECOND", message: "Another one." }] });
    expect((error as EosinError).also?.every(isEosinError)).toBe(true);
  });

  it("keep the stack of their cause, over several processes too", () => {
    const cause = new RangeError("too deep");
    let error: unknown = new EosinError({ ...details, cause });
    for (let process = 0; process < 3; process++) error = deserializeError(overJson(error));
    expect(error).toMatchObject({ cause: { message: "RangeError: too deep", stack: cause.stack } });
    expect(serializeError(error).stack).toBe(cause.stack);
  });

  it("of no known kind keep message and stack", () => {
    const error = new RangeError("too deep");
    expect(serializeError(error)).toEqual({ code: "UNEXPECTED", message: "too deep", stack: error.stack });
    expect(serializeError("a string")).toMatchObject({ code: "UNEXPECTED", message: "a string" });
    const restored = deserializeError(overJson(error));
    expect(restored).toMatchObject({ message: "too deep", stack: error.stack });
    expect([restored instanceof Error, isEosinError(restored)]).toEqual([true, false]);
    expect(deserializeError(serializeError("a string")).message).toBe("a string");
  });

  it("of the operating system keep what it said", async () => {
    const error = await open("/no/such/file").catch((fault: unknown) => fault);
    const said = { code: "ENOENT", syscall: "open", path: "/no/such/file" };
    expect(serializeError(error)).toMatchObject({ code: "UNEXPECTED", system: said });
    expect(deserializeError(overJson(error))).toMatchObject(said);
  });

  it("survive being cloned, as between threads", () => {
    expect(structuredClone(serializeError(new EosinError(details)))).toEqual(serializeError(new EosinError(details)));
  });
});
