import { word } from "../../../releases/shell";
import type { Alert } from "../../alerts/alert";
import { ofKind } from "../../alerts/watched";
import { kubectl, kubectlIn } from "../commands";
import { code, listed } from "../in-words";
import { labelled, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";

/* Certificates of cert-manager: of routes, and of servers in the cluster. */

/** Where the controller runs, and the release and Deployment of its chart. */
const CONTROLLER = "cert-manager";

/** Hosts of a certificate. */
function hostsOf(operated: Operated, certificate: string): string[] {
  const ingresses = ofKind(operated, "Ingress").flatMap(({ spec }) =>
    spec.tls.filter(({ secretName }) => secretName === certificate).flatMap(({ hosts }) => hosts),
  );
  const listeners = ofKind(operated, "Gateway")
    .flatMap(({ spec }) => spec.listeners)
    .filter(({ tls }) => tls?.certificateRefs.some(({ name }) => name === certificate))
    .flatMap(({ hostname }) => hostname);
  return [...new Set([...ingresses, ...listeners])];
}

/** Routes whose clients see a certificate, and else the servers' clients. */
function impactOf(operated: Operated, alerts: readonly Alert[]): string[] {
  const { routes } = operated.application;
  return labelled(alerts, "certificate").map((name) => {
    const hosts = hostsOf(operated, name);
    if (hosts.length === 0)
      return `${code(name)}: workloads that connect to a data service in the cluster, whose server it is of.`;
    const serving = [
      ...new Set(routes.filter(({ host }) => hosts.includes(host)).map(({ workload }) => workload.name)),
    ];
    return `${code(name)}: everybody at ${listed(hosts.map(code))}${serving.length === 0 ? "" : `, which lead to ${listed(serving.map(code))}`}.`;
  });
}

const sections = (alerts: readonly Alert[], steps: (name: string) => Step[]): Section[] =>
  labelled(alerts, "certificate").map((name) => ({ about: name, steps: steps(name) }));

const look = (operated: Operated, name: string): Step[] => {
  const hosts = hostsOf(operated, name);
  return [
    {
      say: "Until when it is good, and what cert-manager says of it.",
      run: [kubectl(operated, "get", `certificate/${name}`), kubectl(operated, "describe", `certificate/${name}`)],
    },
    ...(hosts.length === 0
      ? []
      : [
          {
            say: "Whether the names lead to this cluster: a challenge is answered at the address that DNS has.",
            run: hosts.filter((host) => !host.startsWith("*")).map((host) => `dig +short ${word(host)}`),
          },
        ]),
  ];
};

const attempts = (operated: Operated): Section => ({
  about: "the authority",
  steps: [
    {
      say: "Where the last attempt stands: a request, its order, its challenges. The reason is in the description of the last that is there.",
      run: [
        kubectl(operated, "get", "certificaterequests,orders,challenges"),
        kubectl(operated, "describe", "challenges"),
        kubectlIn(CONTROLLER, "logs", `deployment/${CONTROLLER}`, "--tail=100"),
      ],
    },
  ],
});

/** https://cert-manager.io/docs/reference/cmctl/ */
const renew = (operated: Operated, name: string): Step[] => [
  {
    say: "Mend what the description says: mostly a record in DNS, a firewall before port 80, or the authority's limit of attempts. Then let it be issued at once; `cmctl` is cert-manager's own command.",
    run: [
      `cmctl renew -n ${word(operated.application.namespace)} ${word(name)}`,
      kubectl(operated, "wait", "--for=condition=Ready", `certificate/${name}`, "--timeout=5m"),
    ],
  },
];

const page = (operated: Operated, alerts: readonly Alert[], line: string): Playbook => ({
  impact: [line, ...impactOf(operated, alerts)],
  diagnosis: [...sections(alerts, (name) => look(operated, name)), attempts(operated)],
  mitigation: sections(alerts, (name) => renew(operated, name)),
});

export const certificateExpiring = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  page(operated, alerts, "Nobody until it ends; then clients refuse the connection.");

export const certificateNotReady = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  page(
    operated,
    alerts,
    "If it was never issued, clients are shown a certificate that they refuse. If there was one, it goes on until its end.",
  );
