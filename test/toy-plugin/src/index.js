import { definePlugin } from "@eosin/plugin-api";
import { balancedAccuracy } from "./balanced-accuracy.js";
import { brightness } from "./brightness.js";
import { judge } from "./judge.js";

export default definePlugin({ name: "@example/toy-plugin", components: [brightness, balancedAccuracy, judge] });
