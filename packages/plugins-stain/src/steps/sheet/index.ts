export { type DrawnSheet, drawSheet, type SheetHost, type SheetRequest } from "./draw-sheet.js";
export { sheetPage } from "./html/sheet-page.js";
export { sheetDefaults } from "./sheet-defaults.js";
