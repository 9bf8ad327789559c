import type { Contract, Declaration } from "./contract.js";

export interface ContractChange {
  /** Whether a plugin that was built for the contract before may no longer build or run. */
  readonly breaking: boolean;
  readonly what: string;
}

/**
 * What changed between two contracts. In doubt it is breaking: a changed declaration may be right for one plugin and
 * wrong for another. Additive are new names, new optional members, and new members of what plugins only receive.
 */
export function contractChanges(before: Contract, after: Contract): readonly ContractChange[] {
  return [...changedExports(before, after), ...changedDeclarations(before, after)];
}

function* changedExports(before: Contract, after: Contract): Generator<ContractChange> {
  for (const path of new Set([...before.exports.keys(), ...after.exports.keys()])) {
    const [old, now] = [before.exports.get(path), after.exports.get(path)];
    if (!now) yield { breaking: true, what: `the entry point ${path} is gone` };
    else if (!old) yield { breaking: false, what: `the entry point ${path} is new` };
    else {
      for (const name of old) if (!now.has(name)) yield { breaking: true, what: `${path} no longer exports ${name}` };
      for (const name of now)
        if (!old.has(name)) yield { breaking: false, what: `${path} exports ${name}, which is new` };
    }
  }
}

function* changedDeclarations(before: Contract, after: Contract): Generator<ContractChange> {
  for (const [name, now] of after.declarations) {
    const old = before.declarations.get(name);
    if (!old) continue; // a new name, or what a new name is made of
    if (old.head !== now.head)
      yield { breaking: true, what: `${name} is declared otherwise: ${old.head} → ${now.head}` };
    yield* changedMembers(name, old, now);
  }
}

function* changedMembers(name: string, old: Declaration, now: Declaration): Generator<ContractChange> {
  for (const [key, member] of old.members) {
    const present = now.members.get(key);
    if (!present) yield { breaking: true, what: `${name}.${key} is gone` };
    else if (present.text !== member.text) {
      yield { breaking: true, what: `${name}.${key} changed: ${member.text} → ${present.text}` };
    }
  }
  for (const [key, member] of now.members) {
    if (old.members.has(key)) continue;
    const needed = !member.optional && !now.given;
    yield { breaking: needed, what: `${name}.${key} is new${needed ? ", and required of plugins" : ""}` };
  }
}
