import { readFileSync } from "node:fs";

interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string;
      readonly status?: string;
      readonly dependencies?: readonly string[];
    }[];
  }[];
}

/** One object of a state; a deposed one has the address of the one that replaced it. */
export interface Instance {
  readonly address: string;
  /** `tainted`: the engine would make it anew. */
  readonly status: string | undefined;
}

/** All instances in the file of a state. Throws where it is not there. */
export function instancesIn(file: string): readonly Instance[] {
  const { resources = [] } = JSON.parse(readFileSync(file, "utf8")) as State;
  return resources.flatMap(({ type, name, instances }) =>
    instances.map(({ index_key: key, status }) => ({
      address: `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
      status,
    })),
  );
}

/** What each resource stands on, near and far, as the engine keeps it for the order of a destroy. By addresses without keys. */
export function dependenciesIn(file: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { resources = [] } = JSON.parse(readFileSync(file, "utf8")) as State;
  return new Map(
    resources.map(({ type, name, instances }) => [
      `${type}.${name}`,
      new Set(instances.flatMap(({ dependencies = [] }) => dependencies)),
    ]),
  );
}
