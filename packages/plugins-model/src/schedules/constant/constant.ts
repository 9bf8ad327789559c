import type { Schedule } from "@eosin/plugin-api/learning";

export function createConstant(): Schedule {
  return { factor: () => 1 };
}
