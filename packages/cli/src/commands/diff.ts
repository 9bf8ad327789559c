import { describeOrigin, differingSettings, type Setting, type SettingDifference } from "@eosin/core";
import { EosinError, type JsonValue } from "@eosin/plugin-api";
import {
  defineCommand,
  defineOptions,
  exitCodes,
  type OptionValues,
  pipelineOptions,
} from "@eosin/plugin-api/commands";
import { colors } from "../colors.js";
import { type ComparedPipeline, openCompared } from "../compared-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";
import { showValue } from "../settings-table.js";
import { print } from "../terminal.js";

/** A plugin, the engine's property, or data that differs. */
interface PartDifference {
  readonly what: "plugin" | "engine" | "data";
  readonly name: string;
  readonly a?: string;
  readonly b?: string;
}

const { profile, set, limit, store, trust } = pipelineOptions;

const diffOptions = defineOptions({
  profile: { ...profile, help: "profile of both documents (default: their defaultProfile)" },
  profileA: { value: "name", help: "profile of the first alone" },
  profileB: { value: "name", help: "profile of the second alone" },
  set: { ...set, help: "override a value of both (repeatable)" },
  setA: { value: "path=value", repeatable: true, help: "override a value of the first alone (repeatable)" },
  setB: { value: "path=value", repeatable: true, help: "override a value of the second alone (repeatable)" },
  limit,
  store,
  trust,
  json: { help: "the differences as JSON" },
});

type DiffOptions = OptionValues<typeof diffOptions>;

export default defineCommand({
  name: "diff",
  arguments: {
    a: { help: "document (YAML), folder or name of a run, or name of a document (its newest run)" },
    b: { help: "likewise" },
  },
  options: diffOptions,
  async run(_, { arguments: { a, b }, options }) {
    const side = (profile: string | undefined, set: readonly string[]): PipelineOptions => ({
      ...options,
      engine: undefined,
      device: undefined,
      precision: undefined,
      profile: profile ?? options.profile,
      set: [...options.set, ...set],
    });
    const left = await openCompared(a, side(options.profileA, options.setA));
    const right = await openCompared(b, side(options.profileB, options.setB));
    refuseFlagsOfRuns(left, right, options);
    const settings = differingSettings(left.settings, right.settings);
    const parts = differingParts(left, right);
    const text = options.json
      ? JSON.stringify({ a: left.title, b: right.title, settings, parts, unplanned: unplanned(left, right) }, null, 2)
      : describe(left, right, settings, parts).join("\n");
    print(`${text}\n`);
    return exitCodes.done;
  },
});

/** A run has its values already: a flag that would set one of them means something else than it does. */
function refuseFlagsOfRuns(a: ComparedPipeline, b: ComparedPipeline, options: DiffOptions): void {
  const flags: readonly (readonly [flag: string, given: boolean, useless: boolean])[] = [
    ["--profile", options.profile !== undefined, a.isRun && b.isRun],
    ["--set", options.set.length > 0, a.isRun && b.isRun],
    ["--limit", options.limit.length > 0, a.isRun && b.isRun],
    ["--profile-a", options.profileA !== undefined, a.isRun],
    ["--set-a", options.setA.length > 0, a.isRun],
    ["--profile-b", options.profileB !== undefined, b.isRun],
    ["--set-b", options.setB.length > 0, b.isRun],
  ];
  const wrong = flags.find(([, given, useless]) => given && useless);
  if (wrong === undefined) return;
  throw new EosinError({
    code: "BAD_FLAG",
    message: `${wrong[0]} cannot change a run.`,
    place: wrong[0],
    expected: "a pipeline document where a flag sets a profile or a value",
    found: [a, b].flatMap(({ isRun, title }) => (isRun ? [`the run ${title}`] : [])).join(", "),
    next: "Leave the flag out, or name the document in the place of the run.",
  });
}

function differingParts(a: ComparedPipeline, b: ComparedPipeline): readonly PartDifference[] {
  const plugin = (of: ComparedPipeline, name: string) => {
    const { version, hash } = of.plugins[name] ?? {};
    return version === undefined ? undefined : `${version} (files ${hash.slice(0, 12)})`;
  };
  const both = a.unplanned === undefined && b.unplanned === undefined;
  return [
    ...compare("plugin", keysOf(a.plugins, b.plugins), (name) => [plugin(a, name), plugin(b, name)]),
    ...(both
      ? compare("engine", keysOf(a.engine, b.engine), (name) => [show(a.engine?.[name]), show(b.engine?.[name])])
      : []),
    ...(both ? compare("data", keysOf(a.data, b.data), (name) => [content(a, name), content(b, name)]) : []),
  ];
}

function compare(
  what: PartDifference["what"],
  names: readonly string[],
  sides: (name: string) => readonly [string | undefined, string | undefined],
): readonly PartDifference[] {
  return names.flatMap((name) => {
    const [a, b] = sides(name);
    return a === b ? [] : [{ what, name, a, b }];
  });
}

function keysOf(a: object = {}, b: object = {}): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function show(value: JsonValue | undefined): string | undefined {
  return value === undefined ? undefined : showValue(value);
}

function content({ data }: ComparedPipeline, instance: string): string | undefined {
  const of = data?.[instance];
  return of && `${of.summary} (content ${of.fingerprint.slice(0, 12)})`;
}

function describe(
  a: ComparedPipeline,
  b: ComparedPipeline,
  settings: readonly SettingDifference[],
  parts: readonly PartDifference[],
): readonly string[] {
  const lines = [`A  ${a.title}`, `B  ${b.title}`];
  const count = settings.length + parts.length;
  lines.push("", count === 0 ? "Nothing differs." : `${count} difference${count === 1 ? "" : "s"}`);
  for (const { path, a: ours, b: theirs, reaches } of settings) {
    lines.push("", colors.bold(withoutUses(path, ours, theirs)), side("A", ours), side("B", theirs));
    if (reaches) lines.push(colors.dim(`   reaches ${reaches.join(", ")}`));
  }
  for (const part of parts) {
    lines.push("", colors.bold(`${part.what} ${part.name}`), `   A  ${part.a ?? "–"}`, `   B  ${part.b ?? "–"}`);
  }
  for (const note of unplanned(a, b)) lines.push("", note);
  return lines;
}

/** A component that one side lacks is told by its own path. */
function withoutUses(path: string, a: Setting | undefined, b: Setting | undefined): string {
  return a && b ? path : path.replace(/\.uses$/, "");
}

function side(name: string, setting: Setting | undefined): string {
  if (setting === undefined) return `   ${name}  –`;
  return `   ${name}  ${showValue(setting.value)}  ${colors.dim(describeOrigin(setting))}`;
}

function unplanned(...sides: readonly ComparedPipeline[]): readonly string[] {
  return sides.flatMap(({ title, unplanned: why }) =>
    why === undefined ? [] : [`data and engine are not compared: ${why} for ${title}`],
  );
}
