import { describe, expect, it } from "vitest";
import { Slots } from "./slots.js";

const machine = { jobs: 3, threads: 4, memoryBytes: 100 };
const need = (threads: number, memoryBytes = 0, device: "cpu" | "gpu" = "cpu") => ({ threads, memoryBytes, device });

describe("slots", () => {
  it("hold as many jobs as were asked for", () => {
    const slots = new Slots(machine);
    for (let job = 0; job < 3; job++) {
      expect(slots.fits(need(1))).toBe(true);
      slots.take(need(1));
    }
    expect(slots.fits(need(1))).toBe(false);
  });

  it("hold no more threads or memory than there are, and one user of the GPU", () => {
    const slots = new Slots(machine);
    slots.take(need(2, 60, "gpu"));
    expect(slots.fits(need(2, 40))).toBe(true);
    expect(slots.fits(need(3))).toBe(false);
    expect(slots.fits(need(1, 41))).toBe(false);
    expect(slots.fits(need(1, 0, "gpu"))).toBe(false);
  });

  it("let one that is too large run alone", () => {
    const slots = new Slots(machine);
    expect(slots.fits(need(64, 1000))).toBe(true);
    const giveBack = slots.take(need(64, 1000));
    expect(slots.fits(need(1))).toBe(false);
    giveBack();
    expect(slots.fits(need(1))).toBe(true);
  });
});
