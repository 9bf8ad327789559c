import { resolve } from "node:path";

/** The folder that holds `store/` and `runs/`: `--store`, else EOSIN_STORE, else `.eosin` in the working folder. */
export function eosinFolder(option: string | undefined): string {
  return resolve(option ?? process.env.EOSIN_STORE ?? ".eosin");
}
