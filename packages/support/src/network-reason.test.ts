import { expect, it } from "vitest";
import { networkReason } from "./network-reason.js";

it("names what the connection's error says, else its code", async () => {
  const refused = await fetch("http://127.0.0.1:9/").catch((error: unknown) => error);
  expect(networkReason(refused)).toMatch(/^fetch failed \(\w/);
  const several = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  expect(networkReason(new TypeError("fetch failed", { cause: several }))).toBe("fetch failed (ECONNREFUSED)");
  expect(networkReason(new TypeError("terminated", { cause: new Error("other side closed") }))).toBe(
    "terminated (other side closed)",
  );
});

it("of other errors is their message", () => {
  expect(networkReason(new Error("the server answered 404"))).toBe("the server answered 404");
  expect(networkReason("a string")).toBe("a string");
});
