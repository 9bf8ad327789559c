import { relative, sep } from "node:path";
import type { Colors } from "@eosin/plugin-api/commands";
import { oneLine } from "@eosin/support/one-line";
import type { CheckedStep, FoundProblem } from "./checked-step.js";

/** For people: each step with its problems (files of one kind together), warnings and notes; then pages and counts. */
export function checkText(steps: readonly CheckedStep[], pages: ReadonlyMap<string, string>, colors: Colors): string[] {
  const lines: string[] = [];
  for (const { instance, summary, problems, lines: said, reused } of steps) {
    lines.push(`${colors.bold(instance)}  ${summary}${reused ? colors.dim("  (looked at before)") : ""}`);
    for (const group of grouped(problems)) lines.push(...problemLines(group, colors));
    for (const { level, text } of said) {
      lines.push(`  ${level === "warning" ? colors.yellow("warning") : colors.dim("note")}  ${text}`);
    }
  }
  const problems = steps.reduce((sum, step) => sum + step.problems.length, 0);
  const warnings = steps.reduce((sum, step) => sum + step.lines.filter(({ level }) => level === "warning").length, 0);
  lines.push("", `${counted(problems, "problem")}, ${counted(warnings, "warning")}`);
  for (const [instance, page] of pages) lines.push(`page    ${page}${pages.size > 1 ? `  (${instance})` : ""}`);
  return lines.map(oneLine);
}

/** Problems that differ in their files alone, most files first. */
function grouped(problems: readonly FoundProblem[]): readonly (readonly FoundProblem[])[] {
  const groups = new Map<string, FoundProblem[]>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.code, problem.message, problem.next]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(problem);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function problemLines(group: readonly FoundProblem[], colors: Colors): string[] {
  const [{ message, code, next }] = group;
  const count = group.length > 1 ? ` (${group.length} files)` : "";
  return [
    `  ${colors.red("problem")}  ${message}${count} ${colors.dim(`[${code}]`)}`,
    ...group.map(({ file, expected, found }) => {
      const facts = [found && `found ${found}`, expected && `expected ${short(expected)}`].filter(Boolean);
      return `    ${shown(file)}${facts.length > 0 ? `  ${facts.join("; ")}` : ""}`;
    }),
    ...(next === undefined ? [] : [`    ${colors.dim("next")}  ${next}`]),
  ];
}

/** Paths within a sentence, from the working folder. */
function short(text: string): string {
  return text.replaceAll(`${process.cwd()}${sep}`, "");
}

function shown(file: string | undefined): string {
  if (file === undefined) return "";
  const below = relative(process.cwd(), file);
  return below.startsWith("..") ? file : below;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
