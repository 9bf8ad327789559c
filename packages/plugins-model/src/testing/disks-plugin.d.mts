import type { PluginDefinition } from "@eosin/plugin-api";

declare const disks: PluginDefinition;
export default disks;
