import { EosinError } from "@eosin/plugin-api";

const quarterTurns = [0, 90, 180, 270] as const;

/** @throws EosinError `BAD_FLAG` */
export function parseRotations(text: string): (typeof quarterTurns)[number][] {
  return text.split(",").map((part) => {
    const turn = quarterTurns.find((each) => part.trim() === String(each));
    if (turn !== undefined) return turn;
    throw wrongFlag("--rotations", "a list of 0, 90, 180 and 270", text);
  });
}

/** @throws EosinError `BAD_FLAG` */
export function parseThreshold(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1 && text.trim() !== "") return value;
  throw wrongFlag("--threshold", "a number from 0 to 1", text);
}

function wrongFlag(place: string, expected: string, found: string): EosinError {
  return new EosinError({ code: "BAD_FLAG", message: `${place} is not understood.`, place, expected, found });
}
