import { InvalidInput } from "../../../model/problem";

/** What a program says of the profile `observability`. */
export interface LocalObservability {
  /** Where the page about alerts on a developer's machine is published, and where it is kept. */
  readonly runbooks: LocalRunbooks;
}

export interface LocalRunbooks {
  /** Address of the folder of all runbooks, as environments that are measured have it: `https://git.example.com/platform/blob/main/docs/runbooks`. */
  readonly url: string;
  /** The same folder from that of `compose.yaml`, without `./`: `docs/runbooks`. */
  readonly folder: string;
}

/** @throws InvalidInput for an address of no page */
export function checkObservability({ runbooks: { url } }: LocalObservability): void {
  if (/^https?:\/\/[^\s/]+/.test(url)) return;
  const path = ["compose", "observability", "runbooks", "url"];
  throw new InvalidInput([{ path, got: url, fix: "use the address of a folder: https://…" }]);
}
