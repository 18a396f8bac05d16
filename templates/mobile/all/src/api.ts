import { newTrace } from "./trace";

/** Why there is no answer that the app can use. */
export type Failure =
  { readonly kind: "timeout" | "unreachable" | "unreadable" } | { readonly kind: "refused"; readonly status: number };

/** A request that failed, with the trace that its way through the services is found by. */
export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly traceId: string,
  ) {
    super(failure.kind === "refused" ? `the API answers with ${failure.status}` : `the API is ${failure.kind}`);
    this.name = "ApiError";
  }
}

export interface ApiOptions {
  readonly address: string;
  /** From the request to the end of the answer. */
  readonly timeoutMilliseconds: number;
}

/** An API that speaks JSON. */
export class Api {
  readonly #address: string;
  readonly #timeout: number;

  constructor({ address, timeoutMilliseconds }: ApiOptions) {
    this.#address = address.replace(/\/+$/, "");
    this.#timeout = timeoutMilliseconds;
  }

  /**
   * Reads what is at a path.
   *
   * @param parse what it has to be; what throws is told of as unreadable
   * @param cancelled ends the request where nobody waits for it any more
   * @throws ApiError
   */
  async get<T>(path: string, parse: (body: unknown) => T, cancelled?: AbortSignal): Promise<T> {
    const trace = newTrace();
    const failed = (failure: Failure): ApiError => new ApiError(failure, trace.id);
    // React Native's AbortSignal has no `timeout` and no `any`.
    const controller = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, this.#timeout);
    const cancel = (): void => controller.abort();
    cancelled?.addEventListener("abort", cancel);
    if (cancelled?.aborted) cancel();
    try {
      const response = await fetch(`${this.#address}${path}`, {
        headers: { accept: "application/json", traceparent: trace.header },
        signal: controller.signal,
      });
      if (!response.ok) throw failed({ kind: "refused", status: response.status });
      const text = await response.text();
      try {
        return parse(JSON.parse(text));
      } catch {
        throw failed({ kind: "unreadable" });
      }
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw failed({ kind: late ? "timeout" : "unreachable" });
    } finally {
      clearTimeout(timer);
      cancelled?.removeEventListener("abort", cancel);
    }
  }
}
