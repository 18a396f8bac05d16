/** Where an object of the input was written, as V8 says it: `/home/me/platform/environments/staging.ts:5:24`. */
const ORIGINS = new WeakMap<object, string>();

/**
 * Remembers where a function of the program was called with this object, so that problems in it can name the file.
 *
 * @param given what was called with; what is no object is passed over
 * @param called the function that a user calls
 */
export function rememberOrigin<T>(given: T, called: (...args: never[]) => unknown): T {
  if (typeof given !== "object" || given === null) return given;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, called);
  const [, frame = ""] = holder.stack?.split("\n") ?? [];
  const place = /\(?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/.exec(frame)?.[1];
  if (place !== undefined) ORIGINS.set(given, place);
  return given;
}

export const originOf = (given: object): string | undefined => ORIGINS.get(given);
