import type { ExternalSecret, ResourceQuota } from "../../kubernetes/objects";
import { type Alert, alert } from "./alert";
import { type Matchers, select } from "./promql";
import { steady } from "./series";
import { ofKind, type Watched } from "./watched";

/* What an application's namespace may have, and what it is given. */

const QUOTA = "kube_resourcequota";
const SECRET = "externalsecret_status_condition";

/** Resources that come and go with pods: claims are counted in full by design. */
export const OF_PODS = /pods|requests\.cpu|requests\.memory|limits\.cpu|limits\.memory/;

/** Part of a quota in use above which somebody is told. */
export const QUOTA_LIMIT = 0.9;

export const namespaceAlerts = (watched: Watched): Alert[] => [
  ...ofKind(watched, "ResourceQuota").map((one) => quotaNearlyFull(watched, one)),
  ...ofKind(watched, "ExternalSecret").map((one) => secretNotSynchronised(watched, one)),
];

function quotaNearlyFull({ application }: Watched, { metadata }: ResourceQuota): Alert {
  const within = { namespace: application.namespace, resourcequota: metadata.name };
  const amount = (type: string, more: Matchers = {}) =>
    `max by (resource) (${select(QUOTA, { ...within, ...more, type })})`;
  const used = (cores: number, resource = "limits.cpu") => [
    steady(QUOTA, { ...within, resource, type: "used" }, cores, 900),
    steady(QUOTA, { ...within, resource, type: "hard" }, 100, 900),
  ];
  return alert({
    name: "QuotaNearlyFull",
    value: `${amount("used", { resource: OF_PODS })} / ${amount("hard")}`,
    is: ">",
    threshold: QUOTA_LIMIT,
    forSeconds: 900,
    severity: "warning",
    within,
    pins: ["resource", "type"],
    labels: {},
    shownBy: "humanizePercentage",
    says: ({ label, value }) => ({
      summary: `The quota of ${application.namespace} is nearly full`,
      description: `${value} of ${label("resource")} in the quota of ${application.namespace} is in use for a quarter of an hour; pods beyond it are refused`,
    }),
    proof: {
      firing: used(91),
      quiet: [used(90), used(100, "persistentvolumeclaims")],
      firesAt: 900,
      labels: { resource: "limits.cpu" },
      shows: "91%",
    },
  });
}

function secretNotSynchronised({ application }: Watched, { metadata }: ExternalSecret): Alert {
  const within = { namespace: application.namespace, name: metadata.name };
  const condition = (status: string, value: number) => [
    steady(SECRET, { ...within, condition: "Ready", status }, value, 600),
  ];
  return alert({
    name: "SecretNotSynchronised",
    value: `max(${select(SECRET, { ...within, condition: "Ready", status: "False" })})`,
    is: "==",
    threshold: 1,
    forSeconds: 600,
    severity: "warning",
    within,
    pins: ["condition", "status"],
    labels: { secret: metadata.name },
    says: () => ({
      summary: `Secret ${metadata.name} is not kept up to date`,
      description: `Secret ${metadata.name} has not been read from the secret store for ten minutes: pods go on with what they have, and new ones may not start`,
    }),
    proof: {
      firing: condition("False", 1),
      quiet: [condition("False", 0), condition("True", 1)],
      firesAt: 600,
      shows: "1",
    },
  });
}
