import { type Html, markup, type Part } from "./html";

/** A table as people ask for it: what each row is of comes first. */
export interface Table {
  /** What it is a table of, for people who listen. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Part[])[];
  /** Said in place of a table without rows. */
  readonly empty: string;
}

/*
 * On a phone rows become cards, for which cells are blocks. A browser takes blocks for no table any more, so that roles say what
 * everything is.
 */

const cellOf = (cell: Part, column: string, index: number): Html =>
  index === 0
    ? markup`<th role="rowheader" scope="row">${cell}</th>`
    : markup`<td role="cell"><span class="label" aria-hidden="true">${column}</span><span class="value">${cell}</span></td>`;

/** A table that is read in columns on a wide screen, and row by row on a narrow one. */
export function table({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) return markup`<p class="empty">${empty}</p>\n`;
  const heads = columns.map((column) => markup`<th role="columnheader" scope="col">${column}</th>`);
  const lines = rows.map((cells) => {
    const said = cells.map((cell, index) => cellOf(cell, columns[index] ?? "", index));
    return markup`<tr role="row">${said}</tr>\n`;
  });
  // Names can be longer than a column on any screen: then the table scrolls, and not the page.
  return markup`<div class="scroll"><table role="table">
<caption class="heard">${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${lines}</tbody>
</table></div>
`;
}
