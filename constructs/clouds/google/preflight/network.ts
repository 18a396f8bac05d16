import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  judged,
  listOf,
  maybeIn,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import type { ExistingVpcNetwork } from "../network-props";
import { networkId } from "../network-props";
import { AFTER_LOGIN, type Asked } from "./ask";

/** Why something is not there, where the command says so. */
const absent = (answer: Answer): Finding | undefined =>
  answer.code !== 0 && /not found|NOT_FOUND|404/i.test(answer.complaint) ? failed(complaintOf(answer)) : undefined;

const DOCS = "https://docs.cloud.google.com/sdk/gcloud/reference";

/** Whether the environment's project is attached to the one that shares the network. */
const sharedCheck = ({ environment, place }: Asked, host: string): Check => ({
  ...AFTER_LOGIN,
  id: `network/shared/${host}`,
  kind: "network",
  holds: `the project ${host} shares its network with ${place.project}`,
  needs: [{ what: `Shared VPC of ${host}`, of: environment.name }],
  ask: [["gcloud", "compute", "shared-vpc", "get-host-project", place.project, "--format", "json"]],
  passes: `name is ${host}`,
  otherwise: {
    say: "have its owner attach the project",
    run: [`gcloud compute shared-vpc associated-projects add ${place.project} --host-project ${host}`],
  },
  source: `${DOCS}/compute/shared-vpc/get-host-project`,
  judge: (answers) => {
    const found = maybeIn(jsonOf(answerAt(answers, 0)), "name");
    return found === host
      ? passed(host)
      : failed(typeof found === "string" ? `it is attached to ${found}` : "it is attached to none");
  },
});

/** The network that somebody else has made: subnets, ranges, the access to private services, and the way out. */
export function networkChecks(asked: Asked, existing: ExistingVpcNetwork): Check[] {
  const { place } = asked;
  const { project = place.project, name, nodes, pods, services, controlPlane, data } = existing;
  const id = networkId(project, name);
  const there = (...words: readonly string[]) => ["gcloud", ...words, "--project", project, "--format", "json"];
  const common = {
    ...AFTER_LOGIN,
    kind: "network" as const,
    needs: [{ what: `network ${name} of ${project}`, of: asked.environment.name }],
  };
  const mistakes = (found: unknown, field: string, wanted: string): string[] => {
    const is = textIn(found, field);
    return is === wanted || is.endsWith(`/${wanted}`) ? [] : [`${field} is ${is}, not ${wanted}`];
  };
  const ranges = (found: unknown): string[] =>
    [pods, services].flatMap(({ range, cidr }) => {
      const secondary = listOf(maybeIn(found, "secondaryIpRanges") ?? []);
      const one = secondary.find((candidate) => maybeIn(candidate, "rangeName") === range);
      if (one === undefined) return [`it has no secondary range ${range}`];
      const is = textIn(one, "ipCidrRange");
      return is === cidr ? [] : [`its range ${range} is ${is}, not ${cidr}`];
    });
  return [
    {
      ...common,
      id: `network/subnet/${nodes.subnet}`,
      holds: `the subnet ${nodes.subnet} has Private Google Access, and the ranges ${pods.range} and ${services.range}`,
      ask: [there("compute", "networks", "subnets", "describe", nodes.subnet, "--region", place.region)],
      passes: `network ends in ${id}, ipCidrRange is ${nodes.cidr}, privateIpGoogleAccess is true, and secondaryIpRanges has ${pods.cidr} and ${services.cidr}`,
      otherwise: {
        say: "correct network.existing, or have its owner change it",
        run: [
          `gcloud compute networks subnets update ${nodes.subnet} --region ${place.region} --project ${project} --enable-private-ip-google-access`,
        ],
      },
      source: `${DOCS}/compute/networks/subnets/describe`,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        const gone = absent(answer);
        if (gone !== undefined) return gone;
        const found = jsonOf(answer);
        return judged(
          [
            ...mistakes(found, "network", id),
            ...mistakes(found, "ipCidrRange", nodes.cidr),
            ...(maybeIn(found, "privateIpGoogleAccess") === true ? [] : ["Private Google Access is off"]),
            ...ranges(found),
          ],
          "it has",
        );
      },
    },
    {
      ...common,
      id: `network/subnet/${controlPlane.subnet}`,
      holds: `the subnet ${controlPlane.subnet} of the control plane is there`,
      ask: [there("compute", "networks", "subnets", "describe", controlPlane.subnet, "--region", place.region)],
      passes: `network ends in ${id}, and ipCidrRange is ${controlPlane.cidr}`,
      otherwise: { say: "correct network.existing.controlPlane, or have its owner make it", run: [] },
      source: `${DOCS}/compute/networks/subnets/describe`,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        const gone = absent(answer);
        if (gone !== undefined) return gone;
        const found = jsonOf(answer);
        return judged(
          [...mistakes(found, "network", id), ...mistakes(found, "ipCidrRange", controlPlane.cidr)],
          "it is",
        );
      },
    },
    {
      ...common,
      id: `network/services/${data.range}`,
      holds: `the network has access to private services by the range ${data.range}`,
      ask: [
        there("compute", "addresses", "describe", data.range, "--global"),
        there("services", "vpc-peerings", "list", "--network", name),
      ],
      passes: `the range is ${data.cidr}, its purpose is VPC_PEERING, and reservedPeeringRanges of a connection to servicenetworking has it`,
      otherwise: {
        say: "have its owner connect the range",
        run: [
          `gcloud services vpc-peerings update --service servicenetworking.googleapis.com --network ${name} --ranges ${data.range} --project ${project}`,
        ],
      },
      source: "https://docs.cloud.google.com/vpc/docs/configure-private-services-access",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        const gone = absent(answer);
        if (gone !== undefined) return gone;
        const found = jsonOf(answer);
        const block = `${textIn(found, "address")}/${String(maybeIn(found, "prefixLength"))}`;
        const connected = listOf(jsonOf(answerAt(answers, 1))).some((one) =>
          listOf(maybeIn(one, "reservedPeeringRanges") ?? []).includes(data.range),
        );
        return judged(
          [
            ...mistakes(found, "purpose", "VPC_PEERING"),
            ...mistakes(found, "network", id),
            ...(block === data.cidr ? [] : [`it is ${block}, not ${data.cidr}`]),
            ...(connected ? [] : ["no connection to private services has it"]),
          ],
          block,
        );
      },
    },
    {
      ...common,
      id: `network/nat/${name}`,
      holds: `nodes get out, by Cloud NAT of the network in ${place.region}`,
      ask: [there("compute", "routers", "list", "--filter", `region:${place.region}`)],
      passes: `a router of ${id} has an entry in nats`,
      otherwise: { say: "ask its owner how nodes get out: registries and charts are on the internet", run: [] },
      source: `${DOCS}/compute/routers/list`,
      judge: (answers) => {
        const routers = listOf(jsonOf(answerAt(answers, 0))).filter((one) => textIn(one, "network").endsWith(id));
        return routers.some((one) => listOf(maybeIn(one, "nats") ?? []).length > 0)
          ? passed("it has one")
          : unclear("no router of the network has NAT in the region: there may be another way out");
      },
    },
    {
      ...common,
      id: `network/webhooks/${name}`,
      holds: `the firewall lets ${controlPlane.cidr} come to nodes and pods at the ports 8443 and 9443`,
      ask: [there("compute", "firewall-rules", "list", "--filter", `network:${name}`)],
      passes: `a rule for INGRESS that is on has ${controlPlane.cidr} in sourceRanges, and tcp with both ports or all of them in allowed`,
      otherwise: {
        say: "have its owner make the rule, or say by which rule they come",
        run: [
          `gcloud compute firewall-rules create webhooks --network ${name} --direction INGRESS --source-ranges ${controlPlane.cidr} --destination-ranges ${nodes.cidr},${pods.cidr} --allow tcp:8443,tcp:9443 --project ${project}`,
        ],
      },
      source: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/private-clusters#add_firewall_rules",
      judge: (answers) =>
        listOf(jsonOf(answerAt(answers, 0))).some((rule) => lets(rule, controlPlane.cidr))
          ? passed("a rule does")
          : unclear("no rule names that block and those ports: a wider one, or a policy above the project, may"),
    },
    ...(project === place.project ? [] : [sharedCheck(asked, project)]),
  ];
}

const WEBHOOK_PORTS = ["8443", "9443"];

/** Whether a rule of the firewall lets a block come in at the ports of webhooks. */
function lets(rule: unknown, cidr: string): boolean {
  if (maybeIn(rule, "direction") !== "INGRESS" || maybeIn(rule, "disabled") === true) return false;
  if (!listOf(maybeIn(rule, "sourceRanges") ?? []).includes(cidr)) return false;
  const open = listOf(maybeIn(rule, "allowed") ?? []).flatMap((one) => {
    if (!["tcp", "all", "6"].includes(textIn(one, "IPProtocol"))) return [];
    const ports = maybeIn(one, "ports");
    return ports === undefined
      ? WEBHOOK_PORTS
      : listOf(ports)
          .filter((port) => typeof port === "string")
          .flatMap(portsIn);
  });
  return WEBHOOK_PORTS.every((port) => open.includes(port));
}

/** Those of the ports of webhooks that are in `8443` or `8000-9999`. */
function portsIn(text: string): string[] {
  const [first = "", last = first] = text.split("-");
  return WEBHOOK_PORTS.filter((port) => Number(port) >= Number(first) && Number(port) <= Number(last));
}
