import type { Colors } from "@eosin/plugin-api/commands";
import type { EngineAvailability, EngineChoice } from "@eosin/plugin-api/learning";
import { alignColumns } from "@eosin/support/align-columns";

/** Each engine, what there is to know of it, and which one `auto` takes. */
export function engineLines(engines: readonly EngineAvailability[], auto: EngineChoice, colors: Colors): string[] {
  return [
    ...engines.flatMap((each) => oneEngine(each, colors)),
    `  auto takes ${colors.bold(auto.identity.name)}: ${auto.reason}`,
  ];
}

function oneEngine({ name, available, reason, enable, details = {} }: EngineAvailability, colors: Colors): string[] {
  const mark = available ? colors.green("✔") : colors.yellow("–");
  const rows = Object.entries(details).map(([label, text]) => [`      ${label}`, text]);
  return [
    `  ${mark} ${name}  ${reason}`,
    ...alignColumns(rows),
    ...(enable === undefined || available ? [] : [`      to enable: ${enable}`]),
  ];
}
