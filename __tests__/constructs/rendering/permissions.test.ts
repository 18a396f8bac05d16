import { parse } from "yaml";
import type { Permissions } from "../../../constructs/model/workload";
import { changed } from "../../support/changed";
import { find } from "../../support/resolved";

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

test("Compose says nothing of it", () => {
  expect(here.compose()).toEqual(changed({}).compose());
  expect(here.parity()).toEqual([]);
});

test("pods are others where the identity comes with the first permission, as Terraform and the chart have them", () => {
  const label = { "goldenpath/identity": "permissions" };
  const labels = (name: string) =>
    find(here.objects(name), "Deployment", "my-app-frontend").spec.template.metadata.labels;
  const files = here.chart();
  const values = (name: string) =>
    (parse(files[`values-${name}.yaml`] ?? "") as { workloads: Record<string, object> }).workloads["frontend"];
  for (const name of ["staging", "gke-staging"]) {
    expect(labels(name)).toMatchObject(label);
    expect(values(name)).toMatchObject({ podLabels: label });
  }
  for (const name of ["production", "aks-staging", "local"]) {
    expect(labels(name)).not.toHaveProperty("goldenpath/identity");
    expect(values(name)).not.toHaveProperty("podLabels.goldenpath/identity");
  }
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
