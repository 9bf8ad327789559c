/** The layers of packages/: support ← plugin-api ← core, pictures, engine-kit ← engine-torch ← engine ← plugins-* ← cli. */
const inside = (...names) => `^packages/(${names.join("|")})/`;

/**
 * The floors of a package, the ground first: folders of one row don't know each other, and none knows a floor above.
 * Its tests may. A folder that no row names is refused.
 */
function floors(name, ...rows) {
  const source = `packages/${name}/src`;
  const named = rows.flat().join("|");
  return [
    ...rows.map((row, floor) => {
      const allowed = rows.slice(0, floor).flat();
      return {
        name: `floor-${floor + 1}-of-${name}`,
        comment: `${row.join(", ")}: may know ${allowed.join(", ") || "nothing else of the package"}.`,
        severity: "error",
        from: { path: `^${source}/(${row.join("|")})/`, pathNot: "\\.test(-support)?\\.ts$|/fixtures/" },
        to: { path: `^${source}/[^/]+/`, pathNot: `^${source}/(${[...allowed, "$1"].join("|")})/` },
      };
    }),
    {
      name: `every-folder-of-${name}-has-a-floor`,
      severity: "error",
      from: { path: `^${source}/(?!(${named}|testing|fixtures)/)[^/]+/` },
      to: {},
    },
  ];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "A circle of modules can't be understood or tested one at a time.",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { circular: true },
    },
    {
      name: "support-stands-alone",
      comment: "The ground floor: every package may import it, so it knows none.",
      severity: "error",
      from: { path: inside("support") },
      to: { path: "^packages/(?!support/)" },
    },
    {
      name: "plugin-api-stands-alone",
      comment: "Plugin authors import it: it knows none of the other packages but the ground floor.",
      severity: "error",
      from: { path: inside("plugin-api") },
      to: { path: "^packages/(?!support/|plugin-api/)" },
    },
    {
      name: "core-knows-the-contract-only",
      severity: "error",
      from: { path: inside("core") },
      to: { path: "^packages/(?!support/|plugin-api/|core/)" },
    },
    {
      name: "engines-are-made-of-the-kit",
      comment: "What every engine needs; it knows none of them.",
      severity: "error",
      from: { path: inside("engine-kit") },
      to: { path: "^packages/(?!support/|plugin-api/|engine-kit/)" },
    },
    {
      name: "an-engine-of-its-own-package-knows-kit-and-contract-only",
      severity: "error",
      from: { path: inside("engine-torch") },
      to: { path: "^packages/(?!support/|plugin-api/|engine-kit/|engine-torch/)" },
    },
    {
      name: "the-engines-know-kit-and-contract-only",
      comment: "The package engine offers all engines, those of other packages too.",
      severity: "error",
      from: { path: inside("engine") },
      to: { path: "^packages/(?!support/|plugin-api/|engine-kit/|engine-torch/|engine/)" },
    },
    {
      name: "only-engines-know-what-engines-are-made-of",
      severity: "error",
      from: { path: "^packages/(?!engine/|engine-kit/|engine-torch/)", pathNot: "\\.test(-support)?\\.ts$" },
      to: { path: inside("engine-kit", "engine-torch") },
    },
    {
      name: "plugins-know-contract-engine-and-pictures-only",
      comment: "Plugins reach each other through services and artifacts, never by import (their tests may).",
      severity: "error",
      from: { path: "^packages/(plugins-[a-z]+)/", pathNot: "\\.test(-support)?\\.ts$|/test/" },
      to: { path: "^packages/(?!support/|plugin-api/|engine/|pictures/)", pathNot: "^packages/$1/" },
    },
    {
      name: "the-reader-of-pictures-knows-the-contract-only",
      comment: "Every plugin may import it; it knows no data set and no network.",
      severity: "error",
      from: { path: inside("pictures") },
      to: { path: "^packages/(?!support/|plugin-api/|pictures/)" },
    },
    {
      name: "nothing-imports-the-command-line",
      severity: "error",
      from: { path: "^packages/(?!cli/)" },
      to: { path: inside("cli") },
    },
    {
      name: "command-line-finds-plugins-by-name",
      comment:
        "It imports the core and the contract; plugins and their commands are loaded by what documents and manifests name.",
      severity: "error",
      from: { path: inside("cli") },
      to: { path: "^packages/(?!support/|plugin-api/|core/|cli/)" },
    },
    {
      name: "core-knows-no-tensors-and-no-images",
      severity: "error",
      from: { path: inside("core") },
      to: { path: "node_modules/(@tensorflow|sharp)" },
    },
    {
      name: "no-reach-into-another-package",
      comment: "Across packages only what `exports` names.",
      severity: "error",
      from: { path: "^packages/([^/]+)/src" },
      to: { path: "^packages/[^/]+/src", pathNot: "^packages/$1/" },
    },
    {
      name: "every-import-resolves",
      comment: "What a package imports is in its own package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    ...floors(
      "core",
      ["terminal", "packed", "secrets", "files"],
      ["errors", "store"],
      ["nodes"],
      ["schema"],
      ["document"],
      ["container"],
      ["plan"],
      ["graph"],
      ["run"],
    ),
    ...floors(
      "plugins-data",
      ["tables", "samples", "resize", "windows"],
      ["pairs", "augmenters", "loader"],
      ["look"],
      ["datasets"],
      ["splits", "survey"],
      ["commands"],
    ),
    ...floors(
      "plugins-stain",
      ["pixel-kernels", "statistics"],
      ["colour-spaces"],
      ["estimation"],
      ["statistics-space"],
      ["augmenters", "normalizers", "separators", "steps"],
      ["commands"],
    ),
    ...floors(
      "plugins-model",
      ["layers", "memory", "weights", "checkpoints", "predictions-manifest", "regions"],
      ["encoders"],
      ["networks", "inputs"],
      ["splits", "datasets"],
      ["predictor"],
      ["losses", "optimizers", "schedules", "postprocesses", "evaluators", "predict", "steps", "trainers"],
      ["commands"],
    ),
    ...floors(
      "plugins-metrics",
      ["statistics"],
      ["metrics"],
      ["judging"],
      ["page"],
      ["compare", "reporters"],
      ["commands"],
    ),
    {
      name: "tests-stay-out-of-products",
      severity: "error",
      from: { path: "^packages/[^/]+/src", pathNot: "\\.test\\.ts$" },
      to: { path: "\\.test\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"] },
  },
};
