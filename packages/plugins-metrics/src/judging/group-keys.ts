/**
 * Which group each patch is in, for statistics that take groups for the cases. A patch without one is a case of its own.
 * @returns One a patch; undefined where no patch has a group, so that patches are the cases.
 */
export function groupKeys(
  patches: readonly { readonly id: string; readonly group?: string }[],
): readonly string[] | undefined {
  if (patches.every(({ group }) => group === undefined)) return undefined;
  return patches.map(({ id, group }) => JSON.stringify(group === undefined ? { id } : { group }));
}
