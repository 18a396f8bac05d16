import { environmentApis, STATE_APIS } from "../../../../constructs/clouds/google/apis";
import { all, type StackJson, synthCluster, synthState } from "../../../support/google-environment";

const cluster = synthCluster();
const state = synthState();

/** Every resource and data source of a stack by its address, with what it refers to or depends on. */
function references(json: StackJson): ReadonlyMap<string, readonly string[]> {
  const blocks = (kind: Record<string, Record<string, unknown>> | undefined, prefix: string) =>
    Object.entries(kind ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([id, body]): [string, string] => [`${prefix}${type}.${id}`, JSON.stringify(body)]),
    );
  const bodies = [...blocks(json.resource, ""), ...blocks(json.data, "data.")];
  const addresses = bodies.map(([address]) => address);
  return new Map(
    bodies.map(([address, body]) => [
      address,
      addresses.filter((other) => new RegExp(`(^|[^\\w.])${other.replaceAll(".", "\\.")}(?!\\w)`).test(body)),
    ]),
  );
}

/** What is there before it is. */
function before(graph: ReadonlyMap<string, readonly string[]>, address: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (at: string): void => {
    for (const next of graph.get(at) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      look(next);
    }
  };
  look(address);
  return found;
}

const apisAmong = (addresses: Iterable<string>): string[] =>
  [...addresses].flatMap((address) => (/^google_project_service\.Apis_([a-z]+)/.exec(address) ?? []).slice(1)).sort();

describe.each([
  ["cluster", cluster, environmentApis({ applications: [] })],
  ["state", state, STATE_APIS],
])("APIs of the %s's stack", (_, json, names) => {
  const graph = references(json);
  const starting = (type: string): string[] => [...graph.keys()].filter((address) => address.startsWith(`${type}.`));

  test("are all on before a key is opened to Google's service agents", () => {
    const grants = starting("google_kms_crypto_key_iam_member");
    expect(grants).toHaveLength(all(json, "google_kms_crypto_key_iam_member").length);
    expect(grants.length).toBeGreaterThan(0);
    for (const grant of grants) {
      const earlier = before(graph, grant);
      expect([...earlier].some((address) => address.startsWith("google_kms_crypto_key."))).toBe(true);
      expect(apisAmong(earlier)).toEqual([...names].sort());
    }
  });

  test("one more of them makes nothing unknown that is read: grants would go and come", () => {
    const needed: Readonly<Record<string, readonly string[]>> = {
      google_project: [],
      google_logging_project_cmek_settings: ["logging"],
      google_storage_project_service_account: ["storage"],
    };
    const read = [...graph.keys()].filter((address) => address.startsWith("data."));
    expect(read.length).toBeGreaterThan(0);
    for (const address of read) {
      const [, type = ""] = address.split(".");
      expect({ [type]: apisAmong(before(graph, address)) }).toEqual({ [type]: needed[type] });
    }
  });
});
