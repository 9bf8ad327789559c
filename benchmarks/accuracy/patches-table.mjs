import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Of one patch, judged by the model that did not see its scanner. */
export const columns = [
  "rung",
  "profile",
  "seed",
  "scanner",
  "id",
  "dice",
  "iou",
  "batches",
  "minutes",
  "memoryMiB",
  "engine",
  "processor",
];

const numbers = new Set(["seed", "dice", "iou", "batches", "minutes", "memoryMiB"]);

/** @returns Rows by column; numbers as numbers. Cells hold no commas. */
export function readPatches(file) {
  if (!existsSync(file)) return [];
  const [, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((name, i) => [name, numbers.has(name) ? Number(cells[i]) : cells[i]]));
  });
}

/** Adds rows in the place of earlier ones of the same rung, profile and seed. */
export function addPatches(file, rows) {
  const key = ({ rung, profile, seed, scanner }) => [rung, profile, seed, scanner].join("/");
  const added = new Set(rows.map(key));
  const all = [...readPatches(file).filter((row) => !added.has(key(row))), ...rows];
  const cell = (value) => String(value).replaceAll(",", ";");
  writeFileSync(
    file,
    `${[columns, ...all.map((row) => columns.map((name) => cell(row[name])))].map((row) => row.join(",")).join("\n")}\n`,
  );
  return all;
}
