import type { PlanContext } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
import { planContext as contextOf } from "@eosin/plugin-api/testing";
import { sha256Of } from "@eosin/support/sha256";

export const quietLog = { info: () => {}, warn: () => {} };

/** What the core gives a planned component, with datasets to open by the instance that wrote them. */
export function planContext(
  options: { seed?: number; baseFolder?: string; datasets?: { readonly [instance: string]: DatasetIndex } } = {},
): PlanContext {
  const { datasets = {}, baseFolder = "/", seed } = options;
  const artifacts = Object.entries(datasets).map(
    ([instance, value]) => [instance, { type: "dataset", value }] as const,
  );
  return contextOf({ seed, baseFolder, artifacts: Object.fromEntries(artifacts) });
}

export function datasetHandle(instance: string): { $artifact: { type: "dataset"; instance: string } } {
  return { $artifact: { type: "dataset", instance } };
}

/** A context that keeps what is warned of. */
export function listeningContext(
  options: Parameters<typeof planContext>[0] = {},
): PlanContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { ...planContext(options), log: { info: () => {}, warn: (message) => warnings.push(message) }, warnings };
}

export async function planDataset(component: DatasetComponent, context: PlanContext) {
  const { value, identity } = await component.plan(context);
  return { index: value, identity };
}

export async function planSplits(component: SplitComponent, context: PlanContext) {
  return (await component.plan(context)).items.map((item) => ({ ...item, split: item.value }));
}

/** The index with attributes of each sample, told by its place in its domain. */
export function withAttributes(
  index: DatasetIndex,
  attributesOf: (domain: string, i: number) => { readonly [name: string]: string },
): DatasetIndex {
  const samples = index.samples.map((each) => {
    const { domain, i } = each.source as { domain: string; i: number };
    return { ...each, attributes: attributesOf(domain, i) };
  });
  return { ...index, samples };
}

/** An index without pixels. @param counts Samples by domain. */
export function indexOf(counts: { readonly [domain: string]: number }, name = "toy"): DatasetIndex {
  const samples = Object.entries(counts).flatMap(([domain, count]) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${domain}/${String(i).padStart(3, "0")}`,
      domain,
      width: 8,
      height: 8,
      hash: sha256Of(`${name}/${domain}/${i}`),
      source: { domain, i },
    })),
  );
  return {
    name,
    summary: name,
    reader: { uses: "toy/dataset", with: {}, kind: "dataset", plugin: "toy" },
    samples,
  };
}
