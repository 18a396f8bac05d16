import type { Permissions } from "../../../constructs/model/workload";
import { changed } from "../../support/changed";

/* What a workload may do in its cloud, in what is rendered of the reference application. */

const permissions: Permissions = {
  aws: { send: { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-central-1:222222222222:orders"] } },
  google: { send: { role: "roles/pubsub.publisher", on: { topic: "orders" } } },
  azure: {},
};
const here = changed({
  workloads: { frontend: { permissions } },
  overrides: { production: { frontend: { permissions: { aws: { send: false } } } } },
});

test("neither chart nor Compose say anything of it", () => {
  const before = changed({});
  expect(here.chart()).toEqual(before.chart());
  expect(here.compose()).toEqual(before.compose());
  expect(here.parity()).toEqual([]);
});

test("model.json has what counts in each environment", () => {
  const { environments } = here.model();
  const of = (name: string) => environments[name]?.applications["my-app"]?.workloads.frontend?.permissions;
  expect(of("staging")).toEqual(permissions);
  expect(of("production")).toEqual({ ...permissions, aws: {} });
});

test("an environment on a cloud of which nothing is said is refused, and a local cluster is not", () => {
  const { azure, ...others } = permissions;
  expect(azure).toEqual({});
  expect(() => changed({ workloads: { frontend: { permissions: others } } })).toThrow(
    /^environments\.aks-staging\.applications\.my-app\.workloads\.frontend\.permissions\.azure: missing, and the workload has permissions for aws and google/,
  );
});
