/** The JSON Pointer (RFC 6901) of a path: `/environments/staging/applications/my-app`. */
export const pointer = (path: readonly (string | number)[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
