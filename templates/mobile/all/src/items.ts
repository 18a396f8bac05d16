import type { Api } from "./api";

export interface Item {
  readonly id: string;
  readonly title: string;
}

function isItem(value: unknown): value is Item {
  if (typeof value !== "object" || value === null) return false;
  const { id, title } = value as Record<string, unknown>;
  return typeof id === "string" && typeof title === "string";
}

/** The newest items. */
export const newestItems = (api: Api, cancelled?: AbortSignal): Promise<readonly Item[]> =>
  api.get(
    "/items",
    (body) => {
      if (Array.isArray(body) && body.every(isItem)) return body;
      throw new Error("no list of items");
    },
    cancelled,
  );
