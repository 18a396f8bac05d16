import { type Given, Refused } from "../command";

/** Options that are a field as they are, by the field. */
const PLAIN: Readonly<Record<string, string>> = {
  application: "application",
  reason: "reason",
  requestedBy: "requested-by",
  data: "data",
  version: "version",
  database: "database",
  to: "to",
  path: "path",
  template: "template",
  until: "until",
};

/** Fields of a request, of a command line. Whether they are those of its kind is checked with the file. */
export function fieldsOf({ values, flags }: Given): Readonly<Record<string, unknown>> {
  const plain = Object.entries(PLAIN).flatMap(([field, option]) => {
    const value = values.get(option);
    return value === undefined ? [] : [[field, value] as const];
  });
  const pairs = (option: string): Record<string, string> | undefined => {
    const value = values.get(option);
    return value === undefined ? undefined : Object.fromEntries(value.split(",").map((pair) => pairOf(option, pair)));
  };
  const recovery = pairs("recovery");
  const usedBy = values.get("used-by");
  return {
    ...Object.fromEntries(plain),
    ...{ sizes: pairs("sizes"), domains: pairs("domains") },
    ...(usedBy !== undefined && { usedBy: usedBy.split(",").map(useOf) }),
    ...(recovery !== undefined && {
      recovery: Object.fromEntries(Object.entries(recovery).map(([name, promise]) => [name, promiseOf(promise)])),
    }),
    ...(flags.has("default") && { default: true }),
  };
}

function pairOf(option: string, pair: string): readonly [string, string] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new Refused(`--${option}: got ${JSON.stringify(pair)}; give names and values: staging=…,production=…`);
}

function useOf(text: string): unknown {
  const [workload = "", access] = text.split(":");
  return access === undefined ? workload : { workload, access };
}

function promiseOf(text: string): unknown {
  const [, rpo, rto] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (rpo !== undefined && rto !== undefined) return { rpo, rto };
  throw new Refused(`--recovery: got ${JSON.stringify(text)}; give two times for an environment: production=1h/4h`);
}
