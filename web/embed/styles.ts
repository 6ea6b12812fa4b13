// Styles for the inside of elements.

/** A sheet of styles for the inside of an element. Unlike an element with styles it needs no leave of the
 * page's Content-Security-Policy. */
export function sheet(styles: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  return sheet;
}
