/** Where an object of the input was written: the calls that led there, the innermost first. */
const CALLS = new WeakMap<object, readonly (string | undefined)[]>();

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
  const [, ...frames] = holder.stack?.split("\n") ?? [];
  const calls = frames.map((frame) => /\(?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/.exec(frame)?.[1]);
  if (calls[0] !== undefined) CALLS.set(given, calls);
  return given;
}

/** The call, the call of the function that made it, and so on; `undefined` for one that is in no file. */
export const callsOf = (given: object): readonly (string | undefined)[] => CALLS.get(given) ?? [];

/** The call, as V8 says it: `/home/me/platform/environments/staging.ts:5:24`. */
export const originOf = (given: object): string | undefined => callsOf(given)[0];

/** Says of an object that it was written where another one was, of which it is a copy with something added. */
export function keepOrigin<T extends object>(copy: T, of: object): T {
  const calls = CALLS.get(of);
  if (calls !== undefined) CALLS.set(copy, calls);
  return copy;
}
