/** What the API does with a request. */
export type Answer = (address: string, request: RequestInit) => Promise<Response>;

/** Puts answers in place of the network, one for each request in their order, and says what was asked. */
export function answering(
  ...answers: readonly Answer[]
): { readonly address: string; readonly request: RequestInit }[] {
  const asked: { address: string; request: RequestInit }[] = [];
  jest.spyOn(globalThis, "fetch").mockImplementation((input, request = {}) => {
    const address = String(input);
    const answer = answers[asked.length];
    asked.push({ address, request });
    return answer === undefined ? Promise.reject(new Error(`${address}: nobody was to ask`)) : answer(address, request);
  });
  return asked;
}

export const json =
  (body: unknown, status = 200): Answer =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

export const offline: Answer = () => Promise.reject(new TypeError("Network request failed"));

/** Never answers; ends as a request does that is aborted. */
export const silent: Answer = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });
