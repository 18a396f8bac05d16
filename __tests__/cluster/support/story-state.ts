import { existsSync, readFileSync } from "node:fs";

interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string; readonly status?: string }[];
  }[];
}

/** Addresses of all instances in a state's file, which need not be there yet. */
export const addressesIn = (file: string): string[] => instancesIn(file).map(({ address }) => address);

/** Those that the engine would make anew. */
export const taintedIn = (file: string): string[] =>
  instancesIn(file).flatMap(({ address, status }) => (status === "tainted" ? [address] : []));

function instancesIn(file: string): { readonly address: string; readonly status: string | undefined }[] {
  if (!existsSync(file)) return [];
  const { resources = [] } = JSON.parse(readFileSync(file, "utf8")) as State;
  return resources.flatMap(({ type, name, instances }) =>
    instances.map(({ index_key: key, status }) => ({
      address: `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
      status,
    })),
  );
}
