/** Names of steps, params, axes and profiles: they are in references and instance ids. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
