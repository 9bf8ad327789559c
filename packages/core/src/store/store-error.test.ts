import { describe, expect, it } from "vitest";
import { toStoreError } from "./store-error.js";

const fault = (code: string, path?: string) => Object.assign(new Error(code), { code, path });

describe("faults of the file system", () => {
  it.each([
    ["ENOSPC", "STORE_FULL"],
    ["EDQUOT", "STORE_FULL"],
    ["EROFS", "STORE_UNWRITABLE"],
    ["EACCES", "STORE_UNWRITABLE"],
  ])("%s is %s", (code, expected) => {
    expect(toStoreError(fault(code, "/store/x"), "/store")).toMatchObject({ code: expected, place: "/store/x" });
  });

  it("that keep a folder from being made are the store's", () => {
    const error = Object.assign(fault("ENOENT", "/store/x"), { syscall: "mkdir" });
    expect(toStoreError(error, "/store")).toMatchObject({ code: "STORE_UNWRITABLE", place: "/store/x" });
    const reading = Object.assign(fault("ENOENT", "/store/x"), { syscall: "open" });
    expect(toStoreError(reading, "/store")).toBe(reading);
  });

  it("name the store where they name no path themselves", () => {
    expect(toStoreError(fault("ENOSPC"), "/store")).toMatchObject({ place: "/store" });
  });

  it("of another kind stay as they are", () => {
    const other = fault("EMFILE");
    expect(toStoreError(other, "/store")).toBe(other);
  });
});
