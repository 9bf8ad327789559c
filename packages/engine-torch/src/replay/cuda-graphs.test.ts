import { describe, expect, it } from "vitest";
import type { Addon, Graph, Handle } from "../addon.js";
import { graphsOn } from "./cuda-graphs.js";

const GIB = 2 ** 30;
const [one, two] = [1, 2] as Handle[];

/** An addon whose graph notes what is asked of it. */
function fakeAddon({
  fails,
  graphs = true,
  ...memory
}: {
  fails?: keyof Graph;
  graphs?: boolean;
  reservedBytes?: number;
} = {}) {
  const asked: string[] = [];
  const note = (name: keyof Graph) => () => {
    asked.push(name);
    if (name === fails) throw new Error(`${name} failed`);
  };
  class FakeGraph implements Graph {
    begin = note("begin");
    end = note("end");
    abandon = note("abandon");
    replay = note("replay");
    dispose = note("dispose");
    constructor(device: string) {
      asked.push(device);
    }
  }
  const addon = {
    Graph: graphs ? FakeGraph : null,
    memory: () => ({ tensors: 0, bytes: 4 * GIB, peakBytes: 24 * GIB, reservedBytes: 6 * GIB, ...memory }),
    about: () => ({
      devices: [
        { name: "A", memory: 16 * GIB },
        { name: "B", memory: 80 * GIB },
      ],
    }),
  } as unknown as Addon;
  return { support: graphsOn("cuda:1", {})!({ addon, device: "cuda:1" }), asked };
}

describe("CUDA graphs", () => {
  it("are for GPUs, and may be turned off", () => {
    expect(graphsOn("cpu", {})).toBe(undefined);
    expect(graphsOn("cuda:0", { EOSIN_TORCH_GRAPHS: "0" })).toBe(undefined);
    expect(graphsOn("cuda:0", {})).toBeTypeOf("function");
  });

  it("record what a body launches, on the device", () => {
    const { support, asked } = fakeAddon();
    const graph = support.create();
    expect(graph.capture(() => [one, two])).toEqual([one, two]);
    graph.replay();
    graph.dispose();
    expect(asked).toEqual(["cuda:1", "begin", "end", "replay", "dispose"]);
  });

  it("end the recording of a body that fails, and hand its error on", () => {
    const { support, asked } = fakeAddon();
    const capture = () =>
      support.create().capture(() => {
        throw new Error("values are read back");
      });
    expect(capture).toThrow("values are read back");
    expect(asked).toEqual(["cuda:1", "begin", "abandon"]);
  });

  it.each(["begin", "end"] as const)("hand on the error where the %s fails", (fails) => {
    const { support, asked } = fakeAddon({ fails });
    expect(() => support.create().capture(() => [])).toThrow(`${fails} failed`);
    expect(asked).not.toContain("abandon");
  });

  it("need room for two passes beside what is taken", () => {
    expect(fakeAddon({ reservedBytes: 32 * GIB }).support.shortage()).toBe(undefined);
    const shortage = "a pass takes up to 20 GiB, and cuda:1 has no room for that twice beside 33 GiB of 80 GiB";
    expect(fakeAddon({ reservedBytes: 33 * GIB }).support.shortage()).toBe(shortage);
    expect(fakeAddon({ reservedBytes: undefined }).support.shortage()).toBe("the memory of cuda:1 is not known");
  });

  it("are lacking where the addon records none", () => {
    expect(fakeAddon({ graphs: false }).support.lacks).toMatch(/built without CUDA's headers/);
    expect(fakeAddon().support.lacks).toBe(undefined);
  });
});
