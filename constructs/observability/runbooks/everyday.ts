import { endpointsOf } from "../../kubernetes/scraped";
import { httpPort } from "../../model/resolved";
import { nameOf, ofKind } from "../alerts/watched";
import { describePods, endOfJob, events, helm, kubectl, kubectlOfAll, lastWords, logs, patch, top } from "./commands";
import { code } from "./in-words";
import { ofServer, quotaOf } from "./objects";
import { mainContainer, type Operated, type Running, running } from "./operated";
import { asFile, type Section, sectionLines, type Step } from "./page";
import { failedBefore } from "./pages/backups";
import { rollBack, takenBack } from "./releases";
import { scale } from "./scaling";
import { logsOf, restart, shell } from "./steps";

/* What people type without an alert: one page for an application in an environment, by the program that is asked. */

/** Name of the page's file, without the ending. */
const FILE = "everyday-commands";

export const everydayFile = (): string => `${FILE}.md`;

const whole = (operated: Operated): Step[] => [
  {
    say: "Everything that runs, and what happened last.",
    run: [
      kubectl(operated, "get", "deployments,statefulsets,horizontalpodautoscalers,cronjobs,jobs,pods"),
      events(operated),
      ...quotaOf(operated).map((quota) => kubectl(operated, "describe", quota)),
    ],
  },
  {
    say: "Which image each workload was given, and what each pod uses.",
    run: [
      kubectl(
        operated,
        ...["get", "deployments", "-o"],
        "custom-columns=NAME:.metadata.name,READY:.status.readyReplicas,IMAGES:.spec.template.spec.containers[*].image",
      ),
      kubectl(operated, "top", "pods", "--containers"),
    ],
  },
  {
    say: "What it is told, and who reaches whom. Secrets by their names alone: what is in them stays there.",
    run: [
      kubectl(operated, "get", "configmaps,secrets,externalsecrets"),
      kubectl(operated, "get", "services,networkpolicies"),
    ],
  },
  { say: "What you yourself may do here.", run: [kubectl(operated, "auth", "can-i", "--list")] },
];

const looks = ({ dashboards }: Operated): Step[] =>
  dashboards.length === 0
    ? []
    : [{ say: "Dashboards and measures; each command goes on until Ctrl-C.", run: dashboards }];

/** Reaches the port at which its pods answer, and those at which they tell what is measured. */
function ports(operated: Operated, { workload, deployment }: Running): Step[] {
  const answers = httpPort(workload);
  const all = [
    ...new Set([...(answers === undefined ? [] : [answers]), ...endpointsOf(workload).map((one) => one.number)]),
  ];
  return all.length === 0
    ? []
    : [
        {
          say: "Its ports on this machine, past everything that is in front of it, until Ctrl-C.",
          run: all.map((port) =>
            kubectl(operated, "port-forward", `deployment/${deployment.metadata.name}`, `${port}:${port}`),
          ),
        },
      ];
}

const ofWorkload = (operated: Operated, one: Running): Section => ({
  about: one.workload.name,
  steps: [
    logsOf(operated, one),
    {
      say: "As they are written, until Ctrl-C.",
      run: [
        kubectl(
          operated,
          ...["logs", "-f", `deployment/${one.deployment.metadata.name}`, "-c", mainContainer(one), "--tail=100"],
        ),
      ],
    },
    {
      say: "What containers said before they were restarted.",
      run: [lastWords(operated, one.deployment.metadata.name)],
    },
    {
      say: "What its pods use, and what they were given.",
      run: [top(operated, one.deployment.metadata.name), describePods(operated, one.deployment.metadata.name)],
    },
    shell(operated, one),
    ...ports(operated, one),
    restart(operated, one),
    ...scale(operated, one),
    ...rollBack(operated, one),
  ],
});

/** What runs by a schedule: its runs, one by hand, none for a while. */
const ofSchedules = (operated: Operated): Section[] =>
  ofKind(operated, "CronJob").map((object) => {
    const { name } = object.metadata;
    const job = `${name}-by-hand`;
    return {
      about: `${nameOf(object, operated)}, ${code(object.spec.schedule)}`,
      steps: [
        {
          say: "Its runs, and what they said.",
          run: [
            kubectl(operated, "get", `cronjob/${name}`),
            kubectl(operated, "get", "jobs", "-l", `app=${name}`, "--sort-by=.metadata.creationTimestamp"),
            logs(operated, name),
          ],
        },
        {
          say: "A run now, outside of the schedule; one that succeeded is deleted.",
          run: [
            failedBefore(operated, job),
            kubectl(operated, "create", "job", `--from=cronjob/${name}`, job),
            ...endOfJob(operated, job),
          ],
        },
        {
          say: `No runs for a while, and runs again. ${takenBack(operated)}`,
          run: [true, false].map((suspend) => patch(operated, `cronjob/${name}`, { spec: { suspend } })),
        },
      ],
    };
  });

/** Data services that run in the cluster. */
const ofServers = (operated: Operated): Section[] =>
  operated.application.services.flatMap(({ name }) => {
    const object = ofServer(operated, name);
    if (object === undefined) return [];
    return [
      {
        about: name,
        steps: [
          {
            say: "Whether it runs, and its last lines.",
            run: [kubectl(operated, "get", object), kubectl(operated, "logs", object, "--tail=100")],
          },
        ],
      },
    ];
  });

/** What Helm is asked: of the application where it releases that, and of add-ons in any case. */
function ofHelm(operated: Operated): Section[] {
  const { application, release, charts } = operated;
  const addons: Step = {
    say: "Add-ons of the platform, which Terraform releases: their charts and versions.",
    run: ["helm list -A"],
  };
  if (release !== "helm") {
    return [
      {
        steps: [
          {
            say: `${code(application.name)} is no release of Helm's here: Terraform applies its objects. ${addons.say}`,
            run: ["helm list -A"],
          },
        ],
      },
    ];
  }
  return [
    {
      steps: [
        {
          say: "Releases of the chart, and what the last one was given.",
          run: [
            helm(operated, "history"),
            helm(operated, "status"),
            helm(operated, "get values"),
            helm(operated, "get manifest"),
          ],
        },
        {
          say: "What the chart of this commit would release, with nothing done.",
          run: [
            `helm template ${application.name} ./${charts}/${application.name} -n ${application.namespace} --set environment=${application.environment}`,
          ],
        },
        addons,
      ],
    },
  ];
}

/** Images of workloads, each once, with whose they are. */
function ofDocker({ application: { workloads } }: Operated): Section[] {
  const images = [...new Set(workloads.map(({ image }) => image))];
  return images.map((image) => ({
    about: workloads
      .filter((workload) => workload.image === image)
      .map(({ name }) => name)
      .join(", "),
    steps: [
      {
        say: "The image that the model names: of which digest and for which processors, what is set in it, and a shell in it on this machine, with nothing of the cluster.",
        run: [
          `docker buildx imagetools inspect ${image}`,
          `docker pull ${image}`,
          `docker image inspect ${image}`,
          `docker run --rm -it --network none --entrypoint sh ${image}`,
        ],
      },
    ],
  }));
}

/** The page. */
export function everydayPage(operated: Operated): string {
  const { environment, name, namespace, owner } = operated.application;
  return asFile([
    `# Everyday commands of ${name} in ${environment}`,
    "",
    `Namespace ${code(namespace)}; ${code(owner)} answers for it. Commands are for a shell whose ${code("kubectl")} is on the cluster of ${code(environment)}, in the folder of this repository. Rendered from the model: edit nothing here; [all runbooks](README.md).`,
    "",
    "## kubectl",
    "",
    ...sectionLines([
      {
        about: "The application",
        steps: [
          { say: "Which cluster this shell asks.", run: [kubectlOfAll("config", "current-context")] },
          ...whole(operated),
          ...looks(operated),
        ],
      },
      ...running(operated).map((one) => ofWorkload(operated, one)),
      ...ofSchedules(operated),
      ...ofServers(operated),
    ]),
    "## Helm",
    "",
    ...sectionLines(ofHelm(operated)),
    "## Docker",
    "",
    ...sectionLines(ofDocker(operated)),
  ]);
}
