import { type CopyElsewhere, isCopied, type NoCopyElsewhere } from "../../../model/elsewhere";
import { environmentThere } from "../../../model/name-there";
import { outOfBandSecrets } from "../../../model/out-of-band";
import { ownHoldings } from "../../../model/validate/elsewhere";
import { affectedByWorkloads } from "../impact";
import { code, listed } from "../in-words";
import type { Beside, CopiedElsewhere, Operated } from "../operated";
import type { Step } from "../page";
import type { Operation } from "./operation";
import { comeBack, tagsOf } from "./region-returns";

/** Secret with the address that is asked while alerts work. */
const DEAD_MANS_SWITCH = "dead-mans-switch";

const everybody = ({ application }: Operated): string[] => application.workloads.map(({ name }) => name);

const becomes = (region: string, copy: CopyElsewhere | NoCopyElsewhere): string =>
  isCopied(copy) ? `a copy is in ${region}: ${copy.by}. Lost is: ${copy.lost}.` : `lost with the region: ${copy.none}.`;

/** What is in the second region, and what is lost. */
const copied = ({ application }: Operated, { region, copy }: CopiedElsewhere): string[] =>
  ownHoldings(application).map((holding) => `${code(holding)}: ${becomes(region, copy(holding))}`);

/** What is where, if nothing has its copies in a second region by `backups`. */
const nothingElsewhere = (state: string | undefined): string[] => [
  `No service of the cloud answers in the region of this environment. Cluster, data, copies of data${state === undefined ? ", secrets and the state of the stacks" : " and secrets"} are all there, and nothing of them is anywhere else.`,
  ...(state === undefined ? [] : [state]),
];

/** Steps that write the file of the environment as it is in another region. */
function rewritten({ application: { environment } }: Operated, { cloud, elsewhere }: Beside): Step[] {
  const { anotherRegion } = cloud;
  if (anotherRegion === undefined) {
    return [
      {
        say: "To serve without the data, or with data from elsewhere: make an environment of another name in another region, from a copy of this one's file with a network block of its own. Under the same name it would want this one's state.",
      },
    ];
  }
  const backups = elsewhere === undefined ? [] : [`${code("backups")} comes out, or gets another region`];
  return [
    {
      say: "The environment is made again in another region, under its name and beside what is here. First keep the way to what is here, and this page: change `COMMIT` to the commit that was deployed last, which is not always the newest. Once the file below is merged, the page on the main branch is about the new environment, and its commands are for that one: read on in the folder that this makes.",
      run: [
        "COMMIT=0000000",
        `TAG=${tagsOf(environment, anotherRegion.region)}$(date -u +%Y%m%dT%H%M)`,
        'git tag "$TAG" "$COMMIT"',
        'git push origin "$TAG"',
        'git worktree add "../$TAG" "$TAG"',
      ],
    },
    {
      say: `Then, in the file of ${code(environment)}${elsewhere === undefined ? "" : `, whose copies are in ${code(elsewhere.region)}`}: ${[...anotherRegion.change, ...backups].join("; ")}. Hosts, namespaces, labels and dashboards stay as they are. Policies of whoever deploys, where they have names or regions in them, get the new ones beside the old.`,
    },
  ];
}

/** Steps that make an environment in another region, up to where its services are there and empty. */
function madeThere(operated: Operated, beside: Beside): Step[] {
  const { application } = operated;
  const { platformSecrets, stacks } = beside;
  const secrets = [...outOfBandSecrets(application), ...(application.registries?.logins ?? []), ...platformSecrets];
  return [
    ...rewritten(operated, beside),
    { say: "Check it, and see what it needs.", run: ["npx cdktf synth", "npx goldenpath capacity"] },
    ...(secrets.length === 0
      ? []
      : [
          {
            say: `People make its secrets again: ${listed(secrets.map(({ name }) => code(name)))}. A plan says the command for each that is missing, with its name. Passwords of data services are generated anew.${secrets.some(({ name }) => name === DEAD_MANS_SWITCH) ? ` ${code(DEAD_MANS_SWITCH)} gets the address of a new check: with one for both, each would answer for the other.` : ""}`,
          },
        ]),
    {
      say: "Deploy its stacks in their order, from an empty folder of output: what Terraform left in the old one leads to the state of the lost region. Where it asks whether to migrate a state, the answer is no. Its data services are empty.",
      run: ["rm -rf cdktf.out", ...stacks.map((stack) => `npx cdktf deploy ${stack}`)],
    },
  ];
}

/** `kubectl` has the new cluster, or none: never the one that it had before. */
const newCluster = (region: string, name: string, credentials: readonly string[]): string[] => [
  `REGION=${region}`,
  `CLUSTER="${name}-$REGION"`,
  "KUBECONFIG=$(mktemp)",
  "export KUBECONFIG",
  ...credentials,
];

const NEW_OWNER =
  "NEW=$(kubectl -n external-dns get deployment external-dns -o jsonpath='{.spec.template.spec.containers[0].args}' | grep -o 'txt-owner-id=[a-z0-9-]*' | cut -d= -f2)";

/** Steps that lead hosts to the new environment. Until then nobody meets empty data services by their names. */
function hostsThere({ application }: Operated, { cloud: { anotherRegion }, elsewhere }: Beside): Step[] {
  if (anotherRegion === undefined) {
    return [
      {
        say: "The names of hosts go with it: take them out of this environment's file, or both write the same record as soon as the region answers.",
      },
    ];
  }
  const { environment, namespace } = application;
  const hosts = anotherRegion.hosts(namespace);
  return [
    {
      say: "Look at the new environment from inside before users do. Change `REGION` to the one that the file has now, and `CLUSTER` where the file gives the name. Its hosts still lead to the lost region: each record has a note that says whose it is, and an external-dns touches none that is another's.",
      run: [
        ...newCluster(elsewhere?.region ?? "another-region", environment, anotherRegion.credentials),
        `kubectl -n ${namespace} get deployments,jobs,ingresses`,
      ],
    },
    ...(hosts.length === 0
      ? [{ say: "Records of its hosts are in no zone of this environment: whoever makes them points them there." }]
      : [
          {
            say: `Give it the records of this application, in the same shell: other applications have theirs on their own pages, and what others made in namespaces of their own stays the old one's until they do the same with those. Within five minutes each leads there; certificates are issued after that, until when browsers refuse. The one here, should it come back, leaves them alone. Where the second name is not the first with the new region, stop: without one nothing that follows changes a record, and with another ${code("kubectl")} has another cluster.`,
            run: [`OLD=${environmentThere(application)}`, NEW_OWNER, 'printf "%s to %s\\n" "$OLD" "$NEW"'],
          },
          ...hosts,
        ]),
  ];
}

/** Everything in the region is gone. */
export function lostRegion(operated: Operated, beside: Beside): Operation {
  const { application } = operated;
  const { cloud, elsewhere, stacks } = beside;
  return {
    file: "lost-region",
    title: "The region is lost",
    alerts: ["WorkloadDown"],
    meaning: [
      ...(elsewhere === undefined
        ? nothingElsewhere(stacks.some((stack) => stack.startsWith("state-")) ? cloud.stateElsewhere : undefined)
        : [
            `No service of the cloud answers in the region of this environment. Cluster, secrets and the state of the stacks are there and nowhere else. Of data there are copies in ${elsewhere.region}, each as its line says.`,
            ...copied(operated, elsewhere),
          ]),
      "In the repository and outside of the region: the model, the images if their registry is elsewhere, and what people know of the secrets.",
      ...stacks
        .filter((stack) => !stack.startsWith("state-"))
        .map((stack) => `State of ${code(stack)}: ${cloud.state(stack).place}.`),
    ],
    impact: [
      ...affectedByWorkloads(operated, everybody(operated)),
      elsewhere === undefined
        ? "Data come back with the region, or not at all: no copy of them leaves it."
        : `Data come back with the region, or from their copies in ${elsewhere.region}, as old as these are.`,
    ],
    diagnosis: [
      {
        steps: [
          {
            say: "The provider's own page of its status comes first: mostly a service is ill, and no region lost. Then what still answers from here.",
            run: [...(cloud.cluster ?? []), ...cloud.state(application.stackName).versions],
          },
          ...(elsewhere?.operations.arrive ?? []),
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: "Deploy nothing to this environment while the region is ill: a plan that reads half of it plans half of it anew.",
          },
          ...madeThere(operated, beside),
          ...(elsewhere === undefined
            ? []
            : [
                {
                  say: "What follows brings the copies into it. Nobody has run these commands against a cloud from here: try them in an environment without users before you need them, and measure how long they take.",
                },
                ...elsewhere.operations.bring,
              ]),
          ...hostsThere(operated, beside),
          { say: `What stays taken. ${cloud.taken.join(" ")}` },
          ...comeBack(operated, beside),
        ],
      },
    ],
  };
}
