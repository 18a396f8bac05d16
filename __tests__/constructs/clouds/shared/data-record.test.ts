import type { ServicePlacement } from "../../../../constructs/model/service";
import { onAws } from "../../../support/aws-application";
import { draft, environmentOption, production, shop } from "../../../support/input";

const EITHER = ["managed", "in-cluster"] as const;
const CLOUD = { ...environmentOption(), placements: () => EITHER };

interface Record {
  readonly "//": { readonly metadata: { readonly path: string } };
  readonly input: object;
  readonly lifecycle: {
    readonly ignore_changes: readonly string[];
    readonly postcondition: readonly { readonly condition: string; readonly error_message: string }[];
  };
}

function recordsOf(service: string, placement: ServicePlacement) {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { [service]: { placement, highAvailability: false } };
  const stack = onAws({ ...environment, cloud: CLOUD });
  const records = stack.resources("terraform_data") as unknown as readonly Record[];
  const of = (id: string) => records.filter((one) => one["//"].metadata.path.endsWith(`/${service}/${id}`));
  return { managed: of("ManagedData"), inCluster: of("InClusterData") };
}

test("what the data of a server in the cluster are of is its kind and what they are kept under, as it was first written", () => {
  const { managed, inCluster } = recordsOf("db", "in-cluster");
  expect(managed).toEqual([]);
  expect(inCluster.map(({ input }) => input)).toEqual([{ kind: "mysql", database: "app_db" }]);
  expect(inCluster[0]?.lifecycle.ignore_changes).toEqual(["input"]);
  expect(inCluster[0]?.lifecycle.postcondition.map(({ condition }) => condition)).toEqual([
    '${try(self.input.kind, "mysql") == "mysql" && try(self.input.database, "app_db") == "app_db"}',
  ]);
});

test("of what the cloud runs it is what the cloud does not answer for", () => {
  expect(recordsOf("db", "managed").managed.map(({ input }) => input)).toEqual([{ kind: "mysql" }]);
  expect(recordsOf("events", "managed").managed.map(({ input }) => input)).toEqual([
    { kind: "rabbitmq", virtualHost: "/" },
  ]);
});

test.each([
  ["db", "mysqldump --single-transaction"],
  ["cache", "SCAN, DUMP"],
  ["events", "shovel"],
  ["files", "rclone sync"],
])("the error says how what %s holds is copied, in order", (service, how) => {
  const said = recordsOf(service, "in-cluster").inCluster[0]?.lifecycle.postcondition[0]?.error_message ?? "";
  expect(said).toMatch(
    new RegExp(`^environments\\.production\\.applications\\.shop\\.services\\.${service}: got kind "`),
  );
  expect(said).toContain(how);
  expect(said.split("\n").filter((line) => /^\d\. /.test(line))).toHaveLength(5);
});
