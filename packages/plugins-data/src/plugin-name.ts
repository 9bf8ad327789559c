/** The package's name: how plans and workers find the components of this plugin. */
export const PLUGIN_NAME = "@eosin/plugins-data";
