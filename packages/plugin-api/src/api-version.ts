/**
 * The contract's version: major and minor of this package's own, which `npm run version-packages` writes here. A plugin
 * built for another major version, or for a newer minor one, is refused at load.
 */
export const API_VERSION: string = "1.0.0";
