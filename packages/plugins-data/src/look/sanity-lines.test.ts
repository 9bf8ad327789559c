import { describe, expect, it } from "vitest";
import type { Looked } from "./looked.js";
import { looked } from "./looked.test-support.js";
import type { LookedSample } from "./looked-sample.js";
import { sanityLines } from "./sanity-lines.js";

const many = (domain: string, count: number, figures: Partial<LookedSample["figures"]> = {}) =>
  Array.from({ length: count }, (_, i) => looked(`${domain}/${i}`, figures));
const ids = (samples: readonly LookedSample[]) => samples.map(({ id }) => id);
const told = (given: Looked) => sanityLines(given).map(({ level, code, text }) => `${level} ${code}: ${text}`);

it("nothing is said of a data set with nothing remarkable", () => {
  const samples = [...many("a", 8), ...many("b", 8, { foreground: 1 })];
  const [train, validation, test] = [0, 1, 2].map((part) => ids(samples.filter((_, i) => i % 3 === part)));
  const duplicates = { pairs: [], groups: [], leftOut: [] };
  expect(
    told({
      samples,
      splits: [{ key: "fold-0", train, validation, test }],
      networkInput: { width: 64, height: 48 },
      passedOver: [],
      duplicates,
      outliers: [],
    }),
  ).toEqual([]);
});

describe("tumour", () => {
  it("is missing in all masks, or in their background's stead", () => {
    expect(told({ samples: many("a", 6, { foreground: 0 }) })).toEqual([
      "warning NO_TUMOUR: All 6 masks hold no tumour, e.g. that of a/0: is the label that you want among the values that count as tumour?",
    ]);
    expect(told({ samples: many("a", 6, { foreground: 1 }) })).toEqual([
      "warning ALL_TUMOUR: All 6 masks are tumour throughout, e.g. that of a/0: does the background have a value of its own?",
    ]);
  });

  it("is missing in a domain, and in parts of splits", () => {
    const samples = [...many("a", 5), ...many("b", 5, { foreground: 0 })];
    const fold = (key: string, validation: readonly string[]) => ({
      key,
      validation,
      train: ids(samples).filter((id) => !validation.includes(id)),
      test: [],
    });
    const bare =
      "warning NO_TUMOUR_IN_DOMAIN: No mask of the domain b holds tumour (5 masks: b/0, b/1, b/2 and 2 more).";
    expect(told({ samples, splits: [fold("fold-0", ["b/1", "b/2"])] })).toEqual([
      bare,
      "warning NO_TUMOUR_IN_PART: No mask of the validation part holds tumour (2 masks: b/1, b/2).",
    ]);
    expect(told({ samples, splits: [fold("fold-0", ["a/0"]), fold("fold-1", ["b/4"])] })).toEqual([
      bare,
      "warning NO_TUMOUR_IN_PART: No mask of the validation part of fold-1 holds tumour (1 mask: b/4).",
    ]);
  });

  it("is not told of where masks are missing", () => {
    const samples = [...many("a", 5), ...many("b", 6, { foreground: undefined })];
    expect(told({ samples })).toEqual(["note MASK_ABSENT: 6 of 11 images have no mask: b/0, b/1, b/2 and 3 more."]);
    expect(told({ samples: samples.slice(5) })).toEqual(["note MASK_ABSENT: None of the 6 images has a mask."]);
  });
});

describe("numbers and sizes", () => {
  it("few images of a domain", () => {
    expect(told({ samples: [...many("a", 5), ...many("b", 3), ...many("c", 1)] })).toEqual([
      "warning FEW_IMAGES: The domain b has 3 images: b/0, b/1, b/2.",
      "warning FEW_IMAGES: The domain c has 1 image: c/0.",
    ]);
  });

  it("images that are much larger than the network's input", () => {
    const samples = many("a", 5, { width: 25_600, height: 25_600 });
    const networkInput = { width: 640, height: 640 };
    expect(told({ samples, networkInput })).toEqual([
      "warning IMAGES_MUCH_LARGER: Images are 40 × larger than the network's input of 640 × 640 px, in width and height: what is smaller than 40 px, such as nuclei, is lost. Cut them into patches first (a/0, a/1, a/2 and 2 more).",
    ]);
    expect(told({ samples: many("a", 5, { width: 5119, height: 5119 }), networkInput })).toEqual([]);
    expect(told({ samples: [...samples.slice(0, 1), ...many("b", 5)], networkInput })).toContainEqual(
      expect.stringContaining("1 of 6 images is 40 × larger"),
    );
  });

  it("sizes that differ", () => {
    expect(told({ samples: [...many("a", 5), looked("a/9", { width: 10, height: 20 })] })).toEqual([
      "note SIZES_DIFFER: Images are of 2 sizes, from 10 × 20 px (a/9) to 64 × 48 px (a/4).",
    ]);
  });
});

describe("files", () => {
  it("of several formats and bit depths, images and masks apart", () => {
    const file = (format: string, bitDepth: number) => ({ format, bitDepth, bytes: 1 });
    const samples = many("a", 5).map((sample, i) => ({
      ...sample,
      image: i === 3 ? file("tif", 16) : file("png", 8),
      mask: file(i === 0 ? "tif" : "png", 8),
    }));
    expect(told({ samples })).toEqual([
      "note BIT_DEPTHS_MIXED: Images are of 2 bit depths: 4 of 8 bits a channel; 1 of 16 bits a channel (a/3).",
      "note FORMATS_MIXED: Images are of 2 formats: 4 of png; 1 of tif (a/3).",
      "note FORMATS_MIXED: Masks are of 2 formats: 4 of png; 1 of tif (a/0).",
    ]);
  });

  it("that were passed over: a warning where they are many", () => {
    const passedOver = [
      {
        reason: ".bmp is not a picture's ending",
        folder: "site1/image",
        count: 4,
        examples: ["a.bmp", "b.bmp", "c.bmp"],
      },
      { reason: "left out by exclude", folder: "", count: 2, examples: ["x", "y"] },
    ];
    const text =
      "FILES_PASSED_OVER: 6 files passed over: 4 in site1/image (.bmp is not a picture's ending: a.bmp, b.bmp, c.bmp, …); 2 at the top (left out by exclude: x, y).";
    expect(told({ samples: many("a", 60), passedOver })).toEqual([`warning ${text}`]);
    expect(told({ samples: many("a", 61), passedOver })).toEqual([`note ${text}`]);
  });
});

describe("copies", () => {
  const samples = many("a", 12);
  const pair = (first: string, second: string, turn = "as it is" as const) => ({
    first,
    second,
    identical: false,
    correlation: 0.98765,
    turn,
  });
  const duplicates = {
    pairs: [
      { ...pair("a/0", "a/9"), identical: true },
      { ...pair("a/1", "a/10"), turn: "turned by 180°" as const },
    ],
    groups: [
      ["a/0", "a/9"],
      ["a/1", "a/10"],
    ],
    leftOut: [],
  };
  const within =
    "DUPLICATES: 4 pictures are the same as another of the data set, or nearly so: a/0 and a/9 (identical), a/1 and a/10 (correlation 0.988, turned by 180°).";

  it("within a data set, where no split is known", () => {
    expect(told({ samples, duplicates })).toEqual([`warning ${within}`]);
  });

  it("on two sides of a split", () => {
    const split = { key: "fold-0", train: ids(samples.slice(0, 8)), validation: ["a/10"], test: ["a/9", "a/11"] };
    expect(told({ samples, duplicates, splits: [split] })).toEqual([
      "warning SPLIT_LEAK: Leak: 1 picture of the test part is also in the training part, the same or nearly so: a/0 and a/9 (identical). Keep copies on one side, e.g. by an attribute that groups them.",
      "warning SPLIT_LEAK: Leak: 1 picture of the validation part is also in the training part, the same or nearly so: a/1 and a/10 (correlation 0.988, turned by 180°). Keep copies on one side, e.g. by an attribute that groups them.",
      `note ${within}`,
    ]);
  });

  it("on two sides of some folds, which are named; a picture counts once", () => {
    const fold = (key: string, test: readonly string[]) => ({
      key,
      train: ids(samples).filter((id) => !test.includes(id)),
      validation: [],
      test,
    });
    const splits = [fold("fold-0", ["a/0", "a/9"]), fold("fold-1", ["a/1", "a/2"]), fold("fold-2", ["a/10"])];
    const [leak, note, ...rest] = told({ samples, duplicates, splits });
    expect(leak).toMatch(
      /^warning SPLIT_LEAK: Leak: 2 pictures of the test part .* \(fold-1, fold-2\): a\/1 and a\/10 \(/,
    );
    expect(leak).not.toContain("a/9");
    expect([note, ...rest]).toEqual([`note ${within}`]);
  });

  it("that are linked by a copy in neither part still leak", () => {
    const chained = {
      pairs: [pair("a/0", "a/5"), pair("a/5", "a/9")],
      groups: [["a/0", "a/5", "a/9"]],
      leftOut: [],
    };
    const split = { key: "s", train: ["a/0"], validation: [], test: ["a/9"] };
    expect(told({ samples, duplicates: chained, splits: [split] })[0]).toContain("nearly so: a/9 and a/0. Keep");
  });

  it("with masks that contradict each other", () => {
    const differing = [looked("b/0", { foreground: 0.4 }), looked("b/1", { foreground: 0 }), ...samples];
    const contradicting = {
      pairs: [{ ...pair("b/0", "b/1"), identical: true }],
      groups: [["b/0", "b/1"]],
      leftOut: [],
    };
    expect(told({ samples: differing, duplicates: contradicting })).toContain(
      "warning DUPLICATES_CONTRADICT: Masks of the same picture say different shares of tumour: b/0 (40 %) and b/1 (0 %).",
    );
  });

  it("were not looked for among pictures of little contrast, which are counted", () => {
    expect(told({ samples, duplicates: { pairs: [], groups: [], leftOut: ids(samples) } })).toEqual([
      "note LITTLE_CONTRAST: 12 pictures of little contrast were left out of the search for copies: a/0, a/1, a/2 and 9 more.",
    ]);
  });
});

it("outliers are counted and named; warnings come before notes", () => {
  const outliers = [0, 1, 2, 3].map((i) => ({ id: `a/${i}`, domain: "a", kind: "colour" as const, deviations: 9 - i }));
  const blurred = { id: "a/4", domain: "a", kind: "blur" as const, deviations: 6 };
  expect(told({ samples: [...many("a", 6), ...many("b", 2)], outliers: [...outliers, blurred] })).toEqual([
    "warning FEW_IMAGES: The domain b has 2 images: b/0, b/1.",
    "note COLOUR_OUTLIERS: 4 images are unlike the others of the same domain in colour: a/0, a/1, a/2, a/3.",
    "note BLUR_OUTLIERS: 1 image is blurred beside the others of the same domain: a/4.",
  ]);
});
