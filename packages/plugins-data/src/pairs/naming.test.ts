import { describe, expect, it } from "vitest";
import { coreOf, guessMaskSuffix, guessNaming } from "./naming.js";
import { namingAdvice, yamlText } from "./naming-advice.js";

const plain = { image: { prefix: "", suffix: "" }, mask: { prefix: "", suffix: "" } };
const numbers = Array.from({ length: 12 }, (_, i) => `${i}`);

describe("what images and masks have in common", () => {
  it("is between prefix and suffix of the last part", () => {
    expect(coreOf("pat1/p0_mask", { prefix: "", suffix: "_mask" })).toBe("pat1/p0");
    expect(coreOf("mask/mask_7", { prefix: "mask_", suffix: "" })).toBe("mask/7");
    expect(coreOf("p0", { prefix: "", suffix: "_mask" })).toBeUndefined();
    expect(coreOf("_mask", { prefix: "", suffix: "_mask" })).toBeUndefined();
  });

  it.each([
    ["p", "", "p", "_mask", "`maskSuffix: _mask`"],
    ["p", "_image", "p", "_mask", "`imageSuffix: _image`, `maskSuffix: _mask`"],
    ["case A ", "_img", "case A ", "_seg", "`imageSuffix: _img`, `maskSuffix: _seg`"],
    ["img_", "", "mask_", "", "`imagePrefix: img_`, `maskPrefix: mask_`"],
    ["images_", "", "masks_", "", "`imagePrefix: images_`, `maskPrefix: masks_`"],
    ["", "", "gt-", "", "`maskPrefix: gt-`"],
    ["pat1/", "", "pat1/", "-annotated", '`maskSuffix: "-annotated"`'],
  ])("is told of %s0%s and %s0%s", (imageBefore, imageAfter, maskBefore, maskAfter, advice) => {
    const images = numbers.map((n) => imageBefore + n + imageAfter);
    const masks = numbers.map((n) => maskBefore + n + maskAfter);
    expect(namingAdvice(images, masks, plain)).toBe(advice);
  });

  it("is told where some files lack their partner", () => {
    const images = numbers.map((n) => `p${n}`);
    expect(guessNaming(images, ["p1_mask", "p3_mask", "p4_mask", "p5_mask", "p7_mask", "p9_mask"])).toMatchObject({
      mask: { suffix: "_mask" },
    });
    expect(guessNaming(images, ["q", "r", "s"])).toBeUndefined();
    expect(namingAdvice(images, images.slice(1), plain)).toBeUndefined();
  });

  it("is told of one folder", () => {
    expect(guessMaskSuffix(numbers.flatMap((n) => [`p${n}`, `p${n}_mask`]))).toBe("_mask");
    expect(guessMaskSuffix(numbers.map((n) => `p${n}`))).toBeUndefined();
  });
});

it("YAML values are quoted where they must be", () => {
  expect([yamlText("_mask"), yamlText("."), yamlText("no"), yamlText("-x"), yamlText("a: b")]).toEqual([
    "_mask",
    ".",
    '"no"',
    '"-x"',
    '"a: b"',
  ]);
});
