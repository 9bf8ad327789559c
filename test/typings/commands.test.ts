import { defineCommand, defineOptions, exitCodes, type OptionValues, wholeNumber } from "@eosin/plugin-api/commands";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";

/** What the compiler knows; nothing here runs. */
describe("a command gets what its definition says", () => {
  it("arguments and options", () => {
    defineCommand({
      name: "count",
      arguments: {
        run: { help: "a run" },
        part: { optional: true, help: "a part" },
        files: { repeatable: true, help: "files" },
      },
      options: {
        out: { value: "file", help: "any text, perhaps" },
        into: { value: "file", required: true, help: "any text" },
        ending: { value: "ending", default: ".png", help: "any text" },
        draws: { value: "count", schema: wholeNumber, default: 4, help: "a number" },
        seed: { value: "number", schema: wholeNumber, help: "a number, perhaps" },
        format: { value: "format", schema: z.enum(["svg", "png"]), default: "svg", help: "a choice" },
        set: { value: "path=value", repeatable: true, help: "texts" },
        keep: { value: "count", schema: wholeNumber, repeatable: true, help: "numbers" },
        json: { help: "given or not" },
      },
      async run({ output }, { arguments: words, options }) {
        expectTypeOf(words).toEqualTypeOf<{
          readonly run: string;
          readonly part: string | undefined;
          readonly files: readonly string[];
        }>();
        expectTypeOf(options).toEqualTypeOf<{
          readonly out: string | undefined;
          readonly into: string;
          readonly ending: string;
          readonly draws: number;
          readonly seed: number | undefined;
          readonly format: "svg" | "png";
          readonly set: readonly string[];
          readonly keep: readonly number[];
          readonly json: boolean;
        }>();
        output.print("");
        return exitCodes.done;
      },
    });
  });

  it("nothing where it takes nothing", () => {
    defineCommand({
      name: "count",
      async run(_, { options }) {
        expectTypeOf<keyof typeof options>().toBeNever();
        return exitCodes.done;
      },
    });
  });

  it("a default that its schema could not give is refused", () => {
    // @ts-expect-error
    defineOptions({ draws: { value: "count", schema: wholeNumber, default: "4", help: "a number" } });
    // @ts-expect-error
    defineOptions({ json: { help: "a flag", defualt: true } });
  });

  it("an exit code that is none is refused", () => {
    // @ts-expect-error
    defineCommand({ name: "count", run: async () => 7 });
  });

  it("shared options keep their types", () => {
    const { jobs } = defineOptions({ jobs: { value: "count", schema: wholeNumber, help: "a number" } });
    expectTypeOf<OptionValues<{ jobs: typeof jobs }>["jobs"]>().toEqualTypeOf<number | undefined>();
  });
});
