import data from "../../packages/plugins-data/dist/index.js";
import stain from "../../packages/plugins-stain/dist/index.js";

const plugins = [data, stain];
const noServices = { get: (token) => Promise.reject(new Error(`no service ${token.name} in a benchmark`)) };
const silent = { info() {}, warn() {} };

/** Which module holds each plugin: what the sample loader's threads build components from. */
export const modules = Object.fromEntries(
  [
    [data, "plugins-data"],
    [stain, "plugins-stain"],
  ].map(([{ name }, folder]) => [name, new URL(`../../packages/${folder}/dist/index.js`, import.meta.url).href]),
);

function definitionOf(type) {
  for (const plugin of plugins) {
    const definition = plugin.components.find((each) => each.type === type);
    if (definition) return { plugin, definition };
  }
  throw new Error(`no component ${type}`);
}

/** A component as a plan holds it: options validated, defaults filled in. @param more Keys beside `with`, e.g. `p`. */
export function specOf(type, options = {}, more = {}) {
  const { plugin, definition } = definitionOf(type);
  return { ...more, uses: type, kind: definition.kind, plugin: plugin.name, with: definition.options.parse(options) };
}

/** Builds a component as the core does: options validated by its schema, nested components built by type. */
export async function build(type, options = {}, { state, log = silent } = {}) {
  const { definition } = definitionOf(type);
  return definition.create({
    options: definition.options.parse(options),
    state,
    log,
    modules,
    services: noServices,
    create: (spec, inner) => build(spec.uses, spec.with, { state: inner, log }),
  });
}
