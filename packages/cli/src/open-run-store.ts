import { existsSync } from "node:fs";
import { join } from "node:path";
import { openStore, type Store } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";
import type { FoundRun } from "./find-run.js";

/**
 * The store of a run that is only read: none is made where there is none.
 * @throws EosinError `NO_STORE`
 */
export async function openRunStore({ folder, home }: Pick<FoundRun, "folder" | "home">): Promise<Store> {
  const store = join(home, "store");
  if (existsSync(store)) return openStore(store);
  throw new EosinError({
    code: "NO_STORE",
    message: "The store of the run is not here: what its steps wrote is there, not in its folder.",
    place: folder,
    expected: "a folder store/ beside runs/",
    found: `nothing at ${store}`,
    next: "Name the folder that holds it: --store FOLDER (e.g. .eosin of the folder where it was run).",
  });
}
