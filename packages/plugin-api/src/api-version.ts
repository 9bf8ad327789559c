/** The contract's version. A plugin built for another major (or, below 1.0, minor) version is refused at load. */
export const API_VERSION = "0.1.0";
