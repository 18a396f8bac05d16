import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  NotUnderstood,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { delegated } from "../../../preflight/dns";
import { kubectlReaches } from "../../../preflight/kubectl";
import { secretsCheck, type WantedSecret } from "../../../preflight/secrets";
import { madeOf, needOf } from "../../../preflight/stacks";
import type { HostedZone } from "../props";
import { AFTER_LOGIN, type Asked, global, regional } from "./ask";

const ZONE = "https://docs.aws.amazon.com/cli/latest/reference/route53/get-hosted-zone.html";

/** Zones that external-dns edits: there, public, of that name, and found from outside. */
export const zoneChecks = ({ environment }: Asked, zones: readonly HostedZone[]): Check[] =>
  zones.flatMap(({ name, id }) => {
    const ask = global("route53", "get-hosted-zone", "--id", id);
    const needs = [{ what: `records of hosts below ${name}`, of: environment.name }];
    const there: Check = {
      ...AFTER_LOGIN,
      id: `dns/zone/${name}`,
      kind: "dns",
      holds: `the hosted zone ${id} is public, and of ${name}`,
      needs,
      ask: [ask],
      passes: `HostedZone.Name is ${name}. and Config.PrivateZone is false`,
      otherwise: {
        say: "correct its id in dns.zones, or make the zone",
        run: [`aws route53 list-hosted-zones-by-name --dns-name ${name}`],
      },
      source: ZONE,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (/NoSuchHostedZone/.test(answer.complaint)) return failed("there is no zone of that id");
        const zone = maybeIn(jsonOf(answer), "HostedZone");
        const found = textIn(zone, "Name");
        if (found !== `${name}.`) return failed(`it is of ${found}`);
        const isPrivate = maybeIn(zone, "Config", "PrivateZone");
        if (typeof isPrivate !== "boolean")
          throw new NotUnderstood("HostedZone.Config.PrivateZone is neither true nor false");
        return isPrivate ? failed("it is private") : passed(found);
      },
    };
    const servers = delegated({
      ...{ zone: name, ask, needs, after: [there.id] },
      servers: (answer) =>
        listIn(jsonOf(answer), "DelegationSet", "NameServers").filter((one): one is string => typeof one === "string"),
    });
    return [there, servers];
  });

const startsOf = (wanted: readonly WantedSecret[]): string[] => [
  ...new Set(wanted.map(({ remoteKey }) => `${remoteKey.split("/")[0] ?? ""}/`)),
];

/** Secrets that people make in Secrets Manager. */
export const secretChecks = (asked: Asked, wanted: readonly WantedSecret[]): Check[] =>
  secretsCheck(wanted, {
    ...AFTER_LOGIN,
    store: "Secrets Manager",
    // A filter with more values than one finds what begins with any of them.
    ask: regional(
      asked,
      ...["secretsmanager", "list-secrets", "--filters", `Key=name,Values=${startsOf(wanted).join(",")}`],
      ...["--query", "{SecretList: SecretList[].{Name: Name, SecretVersionsToStages: SecretVersionsToStages}}"],
    ),
    passes:
      "SecretList has every one of them by its Name, with a version that is AWSCURRENT: without one it has no value",
    make: ({ remoteKey, name }) =>
      `aws secretsmanager create-secret --region ${asked.place.region} --name ${remoteKey} --secret-string file://${name}`,
    source: "https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/list-secrets.html",
    missing: (answer, keys) => {
      const there = listIn(jsonOf(answer), "SecretList")
        .filter((one) => JSON.stringify(maybeIn(one, "SecretVersionsToStages") ?? null).includes('"AWSCURRENT"'))
        .map((one) => textIn(one, "Name"));
      // Letter by letter: names there tell capitals apart.
      return keys.filter((key) => !there.includes(key));
    },
  });

/** Whether nodes have the agent by which workloads are who they are: an identity without it is nobody's. */
export const identityCheck = (asked: Asked, cluster: string): Check => ({
  ...AFTER_LOGIN,
  id: "cluster/identity",
  kind: "cluster",
  holds: "the cluster has the add-on eks-pod-identity-agent",
  needs: madeOf(asked.stacks, "aws_eks_pod_identity_association").map((one) => needOf(one, "identity in AWS")),
  ask: [
    regional(
      asked,
      ...["eks", "describe-addon", "--cluster-name", cluster, "--addon-name", "eks-pod-identity-agent"],
      ...["--query", "{status: addon.status}"],
    ),
  ],
  passes: "its status is ACTIVE",
  otherwise: {
    say: "have the cluster's owner install it",
    run: [
      `aws eks create-addon --region ${asked.place.region} --cluster-name ${cluster} --addon-name eks-pod-identity-agent`,
    ],
  },
  source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",
  judge: (answers) => {
    const answer = answerAt(answers, 0);
    if (/ResourceNotFoundException/.test(answer.complaint)) return failed("it is not installed");
    const status = textIn(jsonOf(answer), "status");
    return status === "ACTIVE" ? passed(status) : failed(`its status is ${status}`);
  },
});

/** Whether kubectl speaks to the environment's cluster: what it is asked would else be another's. */
export const contextCheck = (asked: Asked, cluster: string): Check => ({
  ...AFTER_LOGIN,
  ...kubectlReaches({
    cluster,
    of: asked.environment.name,
    ask: regional(asked, "eks", "describe-cluster", "--name", cluster, "--query", "{endpoint: cluster.endpoint}"),
    addresses: (answer) => [textIn(jsonOf(answer), "endpoint")],
    run: `aws eks update-kubeconfig --region ${asked.place.region} --name ${cluster}`,
  }),
});

/** What another program has made, in which this one deploys. */
export function existingChecks(
  asked: Asked,
  { cluster, bucket }: { readonly cluster: string; readonly bucket: string },
): Check[] {
  const { environment, place } = asked;
  return [
    {
      ...AFTER_LOGIN,
      id: `cluster/eks/${cluster}`,
      kind: "cluster",
      holds: `the cluster ${cluster} is there, and ready`,
      needs: [{ what: `cluster ${cluster}`, of: environment.name }],
      ask: [regional(asked, "eks", "describe-cluster", "--name", cluster, "--query", "{status: cluster.status}")],
      passes: "its status is ACTIVE",
      otherwise: { say: "its owner deploys it first; or correct clusterName", run: [] },
      source: "https://docs.aws.amazon.com/cli/latest/reference/eks/describe-cluster.html",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (/ResourceNotFoundException/.test(answer.complaint)) return failed("there is none of that name");
        const status = textIn(jsonOf(answer), "status");
        return status === "ACTIVE" ? passed(status) : failed(`its status is ${status}`);
      },
    },
    {
      ...AFTER_LOGIN,
      id: `cluster/state/${bucket}`,
      kind: "cluster",
      holds: `the bucket ${bucket} is there, which keeps the Terraform state`,
      needs: [{ what: "backend", of: environment.name }],
      ask: [global("s3api", "head-bucket", "--bucket", bucket, "--expected-bucket-owner", place.accountId)],
      passes: `the command finds it, in this account, and BucketRegion is ${place.region}`,
      otherwise: { say: "make it, or correct stateBucket", run: [] },
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        // Earlier versions of the CLI print nothing.
        if (answer.code === 0 && answer.text.trim() === "") {
          return unclear("it is there; this version of the CLI does not say in which region");
        }
        if (answer.code === 0) {
          const region = textIn(jsonOf(answer), "BucketRegion");
          return region === place.region
            ? passed(region)
            : failed(`it is in ${region}, and the backend asks ${place.region}`);
        }
        if (/\((?:404|403|NoSuchBucket|AccessDenied)\)/.test(answer.complaint)) return failed(complaintOf(answer));
        throw new NotUnderstood(`the command failed: ${complaintOf(answer)}`);
      },
    },
  ];
}
