import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { EngineSettings } from "../document/document.js";

/** What a run was asked for: enough, with copies of the files, to ask for the same again. */
export interface RunDemand {
  /** The document, then what it extends; absolute. */
  readonly files: readonly string[];
  readonly profile?: string;
  /** `path=value`, in order. */
  readonly set: readonly string[];
  /** `name=count`, in order; absent where none was asked for. */
  readonly limit?: readonly string[];
  /** Over the document's engine. */
  readonly engine: Partial<EngineSettings>;
  /** The environment variables that the document refers to, but for secret ones. */
  readonly env: { readonly [name: string]: string };
  /** Names of the secret ones: who repeats the run has them in the environment. */
  readonly secrets?: readonly string[];
}

export interface RecordedDemand extends RunDemand {
  /** The text that a file had when the run began. @throws EosinError `NO_RECORD` */
  read(file: string): Promise<string>;
}

const demandFile = "demand.json";
const copiesFolder = "documents";

export function writeDemand(runFolder: string, demand: RunDemand): void {
  mkdirSync(join(runFolder, copiesFolder));
  demand.files.forEach((file, index) => {
    copyFileSync(file, join(runFolder, copiesFolder, copyName(file, index)));
  });
  writeFileSync(join(runFolder, demandFile), `${JSON.stringify(demand, null, 2)}\n`);
}

/** @throws EosinError `NO_RECORD` */
export async function readDemand(runFolder: string): Promise<RecordedDemand> {
  const demand = JSON.parse(await readRecord(runFolder, demandFile)) as RunDemand;
  return {
    ...demand,
    read: (file) => readRecord(runFolder, join(copiesFolder, copyName(file, demand.files.indexOf(file)))),
  };
}

async function readRecord(runFolder: string, name: string): Promise<string> {
  try {
    return await readFile(join(runFolder, name), "utf8");
  } catch (cause) {
    throw new EosinError({
      code: "NO_RECORD",
      message: "The folder of this run does not say what was asked for, so the run cannot be repeated.",
      place: runFolder,
      expected: `${demandFile} and ${copiesFolder}/, as \`pipe run\` writes them`,
      found: `no ${name}`,
      next: "Run the document: pipe run FILE",
      cause,
    });
  }
}

/** Files of a chain of `extends` may have one name in several folders. */
function copyName(file: string, index: number): string {
  return `${index}-${basename(file)}`;
}
