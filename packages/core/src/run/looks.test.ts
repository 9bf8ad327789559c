import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../plan/plan.js";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { openStore, type Store } from "../store/store.js";
import type { RunEvent } from "./event.js";
import { execCommand, plannedToy } from "./fixtures/toy-plan.js";
import { runPlan } from "./run-plan.js";

const steps = `
  data: { uses: toy/words, with: { words: [a, b] } }
  more: { uses: toy/words, with: { words: [c], of: "\${steps.data}" } }
  read: { uses: toy/read, with: { data: "\${steps.more}" } }
  tell: { uses: toy/tell, with: { text: "\${steps.read}" } }
`;

let store: Store;
let events: RunEvent[];
beforeEach(async () => {
  store = await openStore(join(emptyFolder(), "store"));
});

function run(plan: Plan) {
  events = [];
  const onEvent = (event: RunEvent) => events.push(event);
  return runPlan(plan, { store, runsFolder: join(store.folder, "../runs"), jobs: 2, execCommand, onEvent });
}

const said = () => events.flatMap((each) => (each.type === "instance-log" ? [`${each.level} ${each.message}`] : []));

describe("looks at planned steps", () => {
  it("are instances of the plan: before all that reads, after those at their own inputs", async () => {
    const plan = await plannedToy(steps);
    expect(plan.instances.map(({ id, role, looksAt, after }) => ({ id, role, looksAt, after }))).toEqual([
      { id: "data", role: "planned" },
      { id: "data.look", role: "step", looksAt: "data", after: [] },
      { id: "more", role: "planned" },
      { id: "more.look", role: "step", looksAt: "more", after: ["data.look"] },
      { id: "read", role: "step", after: ["more.look"] },
      { id: "tell", role: "step" },
    ]);
    const other = await plannedToy(steps.replace("[a, b]", "[a, x]"));
    const fingerprints = (of: Plan) => Object.fromEntries(of.instances.map(({ id, fingerprint }) => [id, fingerprint]));
    expect(fingerprints(other)["data.look"]).not.toBe(fingerprints(plan)["data.look"]);
    expect(fingerprints(other)["more.look"]).not.toBe(fingerprints(plan)["more.look"]);
  });

  it("settle what others read, and say their lines in every run, and in reports", async () => {
    const plan = await plannedToy(steps);
    const result = await run(plan);
    expect(result).toMatchObject({ outcome: "done", warnings: 2 });
    expect((await store.read(result.artifacts.read)).value).toEqual({ words: ["C"] });
    const lines = [
      "warn 2 words are few",
      "info after nothing and 0 lines, cache toy-words",
      "warn 1 words are few",
      "info after A,B and 2 lines, cache toy-words",
    ];
    expect(said()).toEqual(lines);
    expect(await run(plan)).toMatchObject({ executed: [], warnings: 2 });
    expect(said()).toEqual(lines);
    const { looks } = (await store.read(result.artifacts.tell)).value as { looks: readonly { instance: string }[] };
    expect(looks.map(({ instance }) => instance)).toEqual(["data", "more"]);
  });

  it("that fail take all readers with them", async () => {
    const result = await run(await plannedToy(steps.replace("[c]", "[c, bad]")));
    expect(result).toMatchObject({
      outcome: "failed",
      executed: ["data.look"],
      failed: ["more.look"],
      skipped: ["read", "tell"],
      errors: { "more.look": { code: "BAD_WORD" } },
    });
  });
});
