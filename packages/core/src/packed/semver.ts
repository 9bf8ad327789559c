export { default as coerce } from "semver/functions/coerce.js";
export { default as gt } from "semver/functions/gt.js";
export { default as major } from "semver/functions/major.js";
export { default as satisfies } from "semver/functions/satisfies.js";
export { default as gtr } from "semver/ranges/gtr.js";
export { default as intersects } from "semver/ranges/intersects.js";
export { default as validRange } from "semver/ranges/valid.js";
