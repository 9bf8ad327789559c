import { type Paint, paint } from "@eosin/core";
import type { Colors } from "@eosin/plugin-api/commands";
import picocolors from "picocolors";

// Whether there are colours at all is for picocolors to say: it knows NO_COLOR, FORCE_COLOR, CI and terminals.
const look = (open: number, close: number): Paint =>
  picocolors.isColorSupported ? paint(open, close) : (text) => text;

/** Colours of what is printed by `print`, which tells them from escape sequences of others. */
export const colors: Colors = {
  bold: look(1, 22),
  dim: look(2, 22),
  red: look(31, 39),
  green: look(32, 39),
  yellow: look(33, 39),
  cyan: look(36, 39),
};
