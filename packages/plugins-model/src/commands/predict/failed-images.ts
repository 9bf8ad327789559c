import { asFlags } from "@eosin/pictures/command-line";
import type { EosinError } from "@eosin/plugin-api";
import type { FailedPrediction } from "../../predict/predict-images.js";

/** Images named of each kind of fault; the rest is counted, and stands in the manifest. */
const mostNamed = 20;

/** The images that failed, those of one kind together: what is wrong, each file and what was found, the next step. */
export function failedImageLines(failed: readonly FailedPrediction[], total: number): string[] {
  const kinds = new Map<string, FailedPrediction[]>();
  for (const each of failed) {
    const { code, message } = each.error;
    const kind = `${message} [${code}]`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  const lines = [`${failed.length} of ${total} ${total === 1 ? "image" : "images"} failed`];
  for (const [kind, members] of kinds) {
    lines.push("", `  ${kind}`);
    for (const { image, error } of members.slice(0, mostNamed)) {
      lines.push(`    ${image}${error.found === undefined ? "" : `  found ${error.found.replaceAll("\n", "; ")}`}`);
    }
    if (members.length > mostNamed) lines.push(`    and ${members.length - mostNamed} more`);
    const { expected } = members[0].error;
    if (expected !== undefined) lines.push(`    expected  ${expected}`);
    const steps = new Set(members.flatMap(({ error }) => nextOf(error) ?? []));
    if (steps.size > 0) lines.push(`    next      ${[...steps].slice(0, 3).join(" ")}`);
  }
  return lines;
}

export function failedImageJson({ image, error }: FailedPrediction) {
  const { code, message, expected, found } = error;
  return { image, code, message, expected, found, next: nextOf(error) };
}

function nextOf({ next }: EosinError): string | undefined {
  return next === undefined ? undefined : asFlags(next);
}
