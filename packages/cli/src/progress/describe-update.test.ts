import { describe, expect, it } from "vitest";
import { formatNumber } from "../format-number.js";
import { describeUpdate } from "./describe-update.js";
import { Pace } from "./pace.js";

it.each([
  [12, "12"],
  [0.123456, "0.1235"],
  [0.00012, "1.20e-4"],
])("%d is %s", (value, text) => expect(formatNumber(value)).toBe(text));

describe("progress", () => {
  it("names the unit that is under way", () => {
    const update = {
      unit: "epoch",
      current: 2.25,
      total: 12,
      values: { loss: 0.41234 },
      rate: { value: 31.26, unit: "images/s" },
    };
    expect(describeUpdate(update, 125)).toBe("epoch 3/12  loss 0.4123  31.3 images/s  at most 2 min 5 s left");
  });

  it("tells the time left from where it found the step", () => {
    const pace = new Pace();
    expect(pace.secondsLeft({ unit: "epoch", current: 5, total: 10 })).toBeUndefined();
    expect(pace.secondsLeft({ unit: "epoch", current: 6, total: 10 })).toBeGreaterThan(0);
    expect(pace.secondsLeft({ unit: "epoch", current: 10, total: 10 })).toBeUndefined();
  });
});
