import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  listIn,
  listOf,
  maybeIn,
  NotUnderstood,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { delegated } from "../../../preflight/dns";
import { notImportedOf } from "../../../preflight/imports";
import { kubectlReaches } from "../../../preflight/kubectl";
import { secretsCheck, type WantedSecret } from "../../../preflight/secrets";
import { byValue, literalAt, madeOf, needOf } from "../../../preflight/stacks";
import type { ManagedZone } from "../props";
import { AFTER_LOGIN, type Asked, gcloud, isNotFound, textsOf } from "./ask";
import { isOurs } from "./labels";

/** What is asked of a bucket, one that is made or one that is there. */
const bucketWords = (name: string) => ["storage", "buckets", "describe", `gs://${name}`] as const;

const buckets = (asked: Asked): Check[] =>
  [...byValue(notImportedOf(asked.stacks, "google_storage_bucket"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/storage/${name}`,
      kind: "names",
      holds: `the bucket ${name} is free, or this environment's`,
      needs: resources.map((one) => needOf(one, `bucket ${name}`)),
      ask: [gcloud(asked, ...bucketWords(name))],
      passes: "it is not found; or its labels environment and managed_by are this environment's",
      otherwise: {
        say: "names of buckets are shared by all projects: choose another name for the environment or the service, or import the bucket where it is yours",
        run: [],
      },
      source: "https://docs.cloud.google.com/sdk/gcloud/reference/storage/buckets/describe",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && isNotFound(answer.complaint)) return passed("free");
        // Google says the same of one that is somebody else's, and of one that who asks may not see.
        if (answer.code !== 0 && /HTTPError 403|does not have (?:storage|permission)/.test(answer.complaint)) {
          return unclear("closed to who asks: taken by somebody else, or this project's");
        }
        return isOurs(maybeIn(jsonOf(answer), "labels"), asked)
          ? passed("this environment's own, by its labels")
          : failed("there already, with other labels than this environment's");
      },
    }),
  );

/** Key rings are for ever: one of a fixed name is imported when its stack is made again. */
const keyRings = (asked: Asked): Check[] =>
  [...byValue(madeOf(asked.stacks, "google_kms_key_ring"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/kms/${name}`,
      kind: "names",
      holds: `the key ring ${name} is free, or in the state of its stack`,
      needs: resources.map((one) => needOf(one, `key ring ${name}`)),
      ask: [gcloud(asked, "kms", "keyrings", "list", "--location", asked.place.region)],
      passes: "no name on the list ends with it",
      otherwise: {
        say: "where its stack has been deployed, all is well; where it was taken down, import the ring, as Google deletes none",
        run: [],
      },
      source: "https://docs.cloud.google.com/kms/docs/resource-hierarchy",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        // Where keys are not switched on yet there are none.
        if (answer.code !== 0 && /SERVICE_DISABLED|has not been used in project/.test(answer.complaint))
          return passed("free: there are no keys yet");
        const names = listOf(jsonOf(answer)).map((one) => textIn(one, "name").split("/").at(-1));
        return names.includes(name)
          ? unclear("it is there: of this environment, or left from one that was taken down")
          : passed("free");
      },
    }),
  );

/** Zones that external-dns edits: there, public, of that domain, and found from outside. */
export const zoneChecks = (asked: Asked, zones: readonly ManagedZone[]): Check[] =>
  zones.flatMap(({ domain, name }) => {
    const ask = gcloud(asked, "dns", "managed-zones", "describe", name);
    const needs = [{ what: `records of hosts below ${domain}`, of: asked.environment.name }];
    const there: Check = {
      ...AFTER_LOGIN,
      id: `dns/zone/${domain}`,
      kind: "dns",
      holds: `the managed zone ${name} is public, and of ${domain}`,
      needs,
      ask: [ask],
      passes: `dnsName is ${domain}. and visibility is public`,
      otherwise: {
        say: "correct its name in dns.zones, or make the zone",
        run: [`gcloud dns managed-zones list --project ${asked.place.project}`],
      },
      source: "https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && isNotFound(answer.complaint)) return failed("there is no zone of that name");
        const zone = jsonOf(answer);
        const found = textIn(zone, "dnsName");
        if (found !== `${domain}.`) return failed(`it is of ${found}`);
        const visibility = textIn(zone, "visibility");
        return visibility === "public" ? passed(found) : failed(`it is ${visibility}`);
      },
    };
    const servers = delegated({
      ...{ zone: domain, ask, needs, after: [there.id] },
      servers: (answer) =>
        listIn(jsonOf(answer), "nameServers").filter((one): one is string => typeof one === "string"),
    });
    return [there, servers];
  });

/** Secrets that people make in Secret Manager. */
export const secretChecks = (asked: Asked, wanted: readonly WantedSecret[]): Check[] =>
  secretsCheck(wanted, {
    ...AFTER_LOGIN,
    store: "Secret Manager",
    ask: gcloud(asked, "secrets", "list"),
    passes: "the list has every one of them by the end of its name, and state of the latest version of each is ENABLED",
    make: ({ remoteKey, name }) =>
      `gcloud secrets create ${remoteKey} --project ${asked.place.project} --replication-policy user-managed --locations ${asked.place.region} --data-file ${name}`,
    source: "https://docs.cloud.google.com/sdk/gcloud/reference/secrets/list",
    value: {
      ask: (remoteKey) => gcloud(asked, "secrets", "versions", "describe", "latest", "--secret", remoteKey),
      lacks: (answer) => {
        if (answer.code !== 0 && isNotFound(answer.complaint)) return "has no version, and so no value";
        const state = textIn(jsonOf(answer), "state");
        return state === "ENABLED" ? undefined : `has a latest version that is ${state}`;
      },
    },
    missing: (answer, keys) => {
      const there = textsOf(listOf(jsonOf(answer)), "name").map((one) => one.split("/").at(-1));
      return keys.filter((key) => !there.includes(key));
    },
  });

/** Whether service accounts of the cluster are members of IAM: an identity without that is nobody's. */
export const identityCheck = (asked: Asked, cluster: string): Check => ({
  ...AFTER_LOGIN,
  id: "cluster/identity",
  kind: "cluster",
  holds: `the cluster has workload identity, by the pool ${asked.place.project}.svc.id.goog`,
  needs: [{ what: "identities of workloads", of: asked.environment.name }],
  ask: [gcloud(asked, "container", "clusters", "describe", cluster, "--region", asked.place.region)],
  passes: "workloadPool of workloadIdentityConfig is this",
  otherwise: {
    say: "have the cluster's owner turn it on",
    run: [
      `gcloud container clusters update ${cluster} --region ${asked.place.region} --project ${asked.place.project} --workload-pool ${asked.place.project}.svc.id.goog`,
    ],
  },
  source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  judge: (answers) => {
    const pool = maybeIn(jsonOf(answerAt(answers, 0)), "workloadIdentityConfig", "workloadPool");
    return pool === `${asked.place.project}.svc.id.goog` ? passed(pool) : failed("it has none, or another pool");
  },
});

/** Whether kubectl speaks to the environment's cluster: what it is asked would else be another's. */
export const contextCheck = (asked: Asked, cluster: string): Check => ({
  ...AFTER_LOGIN,
  ...kubectlReaches({
    cluster,
    of: asked.environment.name,
    ask: gcloud(asked, "container", "clusters", "describe", cluster, "--region", asked.place.region),
    addresses: (answer) =>
      [
        maybeIn(jsonOf(answer), "endpoint"),
        maybeIn(jsonOf(answer), "privateClusterConfig", "privateEndpoint"),
        maybeIn(jsonOf(answer), "controlPlaneEndpointsConfig", "ipEndpointsConfig", "privateEndpoint"),
      ].flatMap((one) => (typeof one === "string" ? [`https://${one}`] : [])),
    run: `gcloud container clusters get-credentials ${cluster} --region ${asked.place.region} --project ${asked.place.project}`,
  }),
});

/** What another program has made, in which this one deploys. */
export function existingChecks(
  asked: Asked,
  { cluster, bucket }: { readonly cluster: string; readonly bucket: string },
): Check[] {
  const of = asked.environment.name;
  return [
    {
      ...AFTER_LOGIN,
      id: `cluster/gke/${cluster}`,
      kind: "cluster",
      holds: `the cluster ${cluster} is there, and ready`,
      needs: [{ what: `cluster ${cluster}`, of }],
      ask: [gcloud(asked, "container", "clusters", "describe", cluster, "--region", asked.place.region)],
      passes: "its status is RUNNING",
      otherwise: { say: "its owner deploys it first; or correct clusterName", run: [] },
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && /Not found|NOT_FOUND|code=404/.test(answer.complaint))
          return failed("there is none of that name");
        const status = textIn(jsonOf(answer), "status");
        return status === "RUNNING" ? passed(status) : failed(`its status is ${status}`);
      },
    },
    {
      ...AFTER_LOGIN,
      id: `cluster/state/${bucket}`,
      kind: "cluster",
      holds: `the bucket ${bucket} is there, which keeps the Terraform state`,
      needs: [{ what: "backend", of }],
      ask: [gcloud(asked, ...bucketWords(bucket))],
      passes: "the command finds it",
      otherwise: { say: "make it, or correct stateBucket", run: [] },
      source: "https://docs.cloud.google.com/sdk/gcloud/reference/storage/buckets/describe",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && (isNotFound(answer.complaint) || /HTTPError 403/.test(answer.complaint)))
          return failed(complaintOf(answer));
        const name = textIn(jsonOf(answer), "name");
        if (name !== bucket) throw new NotUnderstood(`the answer is of ${name}`);
        return passed("it is there");
      },
    },
  ];
}

/** Names that somebody else may have, or that stay taken when what had them was deleted. */
export const nameChecks = (asked: Asked): Check[] => [...buckets(asked), ...keyRings(asked)];
