import { fillIn, type PlanInstance, provenanceOf, type Store } from "@eosin/core";
import type { RecordedInstance, RecordedRun } from "@eosin/plugin-api/commands";
import { findRun } from "../find-run.js";
import { openRunStore } from "../open-run-store.js";
import { loadRunPlugins } from "../run-plugins.js";
import { loadedPlugins } from "./loaded-plugins.js";

export async function findRecordedRun(run: string, store: string | undefined): Promise<RecordedRun> {
  const found = await findRun(run, store);
  const { id, folder, plan } = found;
  let opening: Promise<Store> | undefined;
  const openedStore = () => {
    opening ??= openRunStore(found);
    return opening;
  };
  return {
    id,
    folder,
    plan,
    find: async ({ fingerprint }) => (await openedStore()).find(fingerprint),
    async open({ fingerprint }) {
      const stored = await (await openedStore()).read(fingerprint);
      return { ...stored, value: fillIn(stored.value, plan.secrets ?? [], process.env) };
    },
    provenanceOf: (instances) => provenanceOf(plan, instances.map(planned), []),
    async loadPlugins({ trust } = {}) {
      const { hasher } = await openedStore();
      return loadedPlugins(await loadRunPlugins(found, { hasher, trust }));
    },
  };

  function planned({ id: instance }: RecordedInstance): PlanInstance {
    return plan.instances.find((each) => each.id === instance) as PlanInstance;
  }
}
