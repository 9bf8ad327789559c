/** What operating systems and programs leave beside pictures: nobody means it as data. */
const NAMES = new Set([
  "__macosx",
  "thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  "icon\r",
  "@eadir",
  "#recycle",
  "$recycle.bin",
  "system volume information",
  "lost+found",
]);

/** Whether a file or folder is of that kind by its name: hidden (`._a.png`, `.DS_Store`), an office program's lock (`~$a.xlsx`). */
export function isLeftBehind(name: string): boolean {
  return name.startsWith(".") || name.startsWith("~$") || NAMES.has(name.toLowerCase());
}

/** Whether a system made the file, so that it is not meant even where a pattern (`scans/*`) names it. */
export function isSystemFile(name: string): boolean {
  return name.startsWith("._") || name === ".DS_Store" || NAMES.has(name.toLowerCase());
}
