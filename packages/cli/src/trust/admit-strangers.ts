import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileHasher, hashPlugin, mainFile, type PluginPackage } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";
import { confirm } from "../confirm.js";
import { manifestCommands } from "../host/manifest-commands.js";
import type { AdmissionRules } from "./admission-rules.js";
import { isTrusted, remember, wasTrustedOtherwise } from "./trust-memory.js";

interface Stranger {
  readonly name: string;
  readonly folder: string;
  readonly hash: string;
  readonly changed: boolean;
}

/** Lets in what was agreed to before, by real path and hash; asks for the rest, once. */
export async function admitStrangers(found: readonly PluginPackage[], rules: AdmissionRules): Promise<void> {
  const strangers: Stranger[] = [];
  for (const each of found) {
    const hash = await hashOfCode(each);
    if (isTrusted(["plugin", each.folder, hash])) continue;
    const name = printable(`${each.manifest.name ?? each.request} ${each.manifest.version}`);
    strangers.push({ name, folder: each.folder, hash, changed: wasTrustedOtherwise(each.folder) });
  }
  if (strangers.length === 0) return;
  if (!rules.trust && !(await isAgreedTo(strangers, rules))) throw untrusted(strangers, rules);
  remember(strangers.map(({ folder, hash }) => ["plugin", folder, hash] as const));
}

/**
 * Over what runs when the plugin, or a command of it, is imported. The hash that plans keep leaves out where their modules
 * are; and nothing that was remembered of files counts here, for the memory may have come with them.
 */
async function hashOfCode({ folder, manifest }: PluginPackage): Promise<string> {
  const built = await hashPlugin(folder, manifest, createFileHasher());
  const hash = createHash("sha256").update(built);
  const commands = manifestCommands(manifest).commands.flatMap(({ module = [] }) => module);
  const modules = [mainFile(manifest), ...commands]
    .map((name) => join(folder, name))
    .filter((file) => existsSync(file));
  for (const file of [join(folder, "package.json"), ...modules]) {
    hash.update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

async function isAgreedTo(strangers: readonly Stranger[], rules: AdmissionRules): Promise<boolean> {
  const lines = strangers.map((each) => `  ${lineOf(each)}`).join("\n");
  return confirm(
    `Importing a plugin runs its code with your rights. Not of ${whose(rules)}, nor beside this command:\n${lines}\nImport ${strangers.length > 1 ? "them" : "it"}, now and as long as these files stay as they are?`,
  );
}

function untrusted(strangers: readonly Stranger[], rules: AdmissionRules): EosinError {
  const several = strangers.length > 1;
  return new EosinError({
    code: "PLUGIN_UNTRUSTED",
    message: `${several ? `${strangers.length} plugins are` : "A plugin is"} elsewhere, and importing ${several ? "them" : "it"} would run code that you did not agree to. Nothing was imported.`,
    place: printable(strangers[0].folder),
    expected: `plugins of ${whose(rules)}, or beside this command`,
    found: strangers.map(lineOf).join("\n"),
    next: "Look at the code; if you trust it, give the same command with --trust: it is remembered for these files.",
  });
}

function whose({ whose: words, project }: AdmissionRules): string {
  return project === undefined ? words : `${words} (${printable(project)})`;
}

function lineOf({ name, folder, hash, changed }: Stranger): string {
  const since = changed ? ", changed since you agreed to it" : "";
  return `${name} in ${printable(folder)} (files ${hash.slice(0, 12)}${since})`;
}

/** Names come from outside: what would move the cursor or hide text is shown as a question mark. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?");
}
