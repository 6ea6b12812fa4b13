// Styles for the inside of elements.

export const BUTTON = `
button { padding: 3px 12px; border: 1px solid color-mix(in srgb, currentcolor 35%, transparent); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { border-color: currentcolor; }
button:focus-visible { outline: 2px solid; outline-offset: 2px; }
`;

/** A sheet of styles for the inside of an element. Unlike an element with styles it needs no leave of the
 * page's Content-Security-Policy. */
export function sheet(styles: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  return sheet;
}
