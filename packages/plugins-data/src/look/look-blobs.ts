import { readFile } from "node:fs/promises";
import type { Artifact, Look, OutputWriter } from "@eosin/plugin-api";
import { decodeLook, encodeLook, type LookRecord } from "./look-record.js";

const RECORDS = "records.jsonl";
const PICTURES = "pictures.bin";

/** Puts what a look found out about each sample beside it: looks at splits read it. */
export async function writeRecords(output: OutputWriter, records: readonly LookRecord[]): Promise<void> {
  const { lines, pictures } = encodeLook(records, null);
  await output.write(RECORDS, lines);
  await output.write(PICTURES, pictures);
}

/** @returns Nothing where the look was of another plugin's data set, which has no such records. */
export async function readRecords(look: Artifact<Look>): Promise<readonly LookRecord[]> {
  if (!look.blobNames.includes(RECORDS) || !look.blobNames.includes(PICTURES)) return [];
  const lines = await readFile(look.blobPath(RECORDS), "utf8");
  return decodeLook({ lines, pictures: await readFile(look.blobPath(PICTURES)) }, null);
}
