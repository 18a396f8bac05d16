import { types } from "node:util";

/**
 * Runs `build` without the stack trace that cdktf records for every resource and every token, which is nearly all the
 * time a large program takes. They only ever show as "object creation stack" below an error of the framework.
 *
 * cdktf records them by `Error.captureStackTrace`, a documented and writable function of V8
 * (https://v8.dev/docs/stack-trace-api); it is replaced while `build` runs. Errors keep their stacks, those that ask
 * for one by that function too.
 *
 * @param build must be synchronous: other code would run meanwhile.
 */
export function withoutStackTraces<T>(build: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it uses no `this`
  const original = Error.captureStackTrace;
  Error.captureStackTrace = (target, below) => {
    if (target instanceof Error || types.isNativeError(target)) original(target, below);
    else Reflect.set(target, "stack", "");
  };
  try {
    const result = build();
    if (isThenable(result)) {
      throw new TypeError("withoutStackTraces: got a function that returns a promise; give it a synchronous one");
    }
    return result;
  } finally {
    Error.captureStackTrace = original;
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
