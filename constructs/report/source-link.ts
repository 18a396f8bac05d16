/**
 * Makes a link to a line of the program, where files can be looked at.
 *
 * @param base address that a path is put behind: `https://github.com/acme/shop/blob/<commit>/`
 * @param origin `file:line`, or `file`
 * @returns `undefined` where there is no such address
 */
export function sourceLink(base: string | undefined, origin: string): string | undefined {
  if (base === undefined) return undefined;
  const [, file = origin, line] = /^(.*?)(?::(\d+))?$/s.exec(origin) ?? [];
  const path = file.split("/").map(encodeURIComponent).join("/");
  return `${base}${path}${line === undefined ? "" : `#L${line}`}`;
}
