import type { ResolvedApplication, ResolvedWorkload } from "../../../model/resolved";
import { runsToItsEnd } from "../../../model/resolved";
import type { AlertedPart } from "../../../observability/local/page";
import { isTraced } from "../../../observability/local/spans";
import type { Section, Step } from "../../../observability/runbooks/page";
import type { NamedServer } from "../servers/provisioners";
import {
  ALERTMANAGER,
  ALLOY,
  GRAFANA,
  LOKI,
  OTLP_COLLECTOR,
  PAGES,
  poolMetrics,
  PROFILE,
  PROMETHEUS,
  TEMPO,
} from "./names";

/* What people type at Docker Compose, with the names that an application has there. */

const compose = (...words: readonly string[]): string => ["docker", "compose", ...words].join(" ");

/** Every profile: what is in none of those that were named is not stopped or removed. */
const whole = (...words: readonly string[]): string => compose("--profile", "'*'", ...words);

const profiled = (...words: readonly string[]): string => compose("--profile", PROFILE, ...words);

const logs = (container: string): string => compose("logs", "--tail=100", container);

const APPLICATION: readonly Step[] = [
  {
    say: "Build and start everything, and wait until it is healthy; then what runs, and what each container uses.",
    run: [compose("up", "--build", "--detach", "--wait"), compose("ps", "--all"), compose("stats", "--no-stream")],
  },
  { say: "What all containers write, until Ctrl-C.", run: [compose("logs", "--tail=100", "--follow")] },
  { say: "What Compose makes of the files and of your variables.", run: [compose("config")] },
  { say: "Stop everything and keep it; remove the containers and keep the data.", run: [whole("stop"), whole("down")] },
  { say: "Begin anew: all data of this application on this machine goes.", run: [whole("down", "--volumes")] },
];

function ofWorkload(workload: ResolvedWorkload): Step[] {
  const { name } = workload;
  if (runsToItsEnd(workload)) {
    const say = workload.kind === "cron" ? "Run it now, as its schedule would." : "Run it once more.";
    return [{ say, run: [compose("run", "--rm", "--build", name)] }];
  }
  return [
    { say: "Its last lines, and a shell in it.", run: [logs(name), compose("exec", name, "sh")] },
    // What tells of its pool is in its network, which goes with its container, and is a container of the profile.
    workload.kind === "php-fpm"
      ? {
          say: "Restart it; or build it anew from its code, and then start anew what tells of its pool.",
          run: [
            profiled("restart", name),
            rebuilt(name),
            profiled("up", "--detach", "--no-deps", "--force-recreate", poolMetrics(workload)),
          ],
        }
      : { say: "Restart it; or build it anew from its code.", run: [compose("restart", name), rebuilt(name)] },
  ];
}

function rebuilt(name: string): string {
  return compose("up", "--build", "--detach", "--wait", "--no-deps", name);
}

const ofServer = ({ host, client }: NamedServer): Step[] => [
  { say: "Its last lines.", run: [logs(host)] },
  ...(client === undefined ? [] : [{ say: "What is in it.", run: [compose("exec", host, ...client)] }]),
  { say: "Restart it: what it keeps is on its volume.", run: [compose("restart", host)] },
];

interface Measuring {
  /** Names of the containers that measure. */
  readonly names: readonly string[];
  /** A server that can be stopped to see an alert. @default - none is measured */
  readonly example: string | undefined;
  readonly traced: boolean;
}

const measuring = ({ names, example, traced }: Measuring): Step[] => [
  {
    say: `Start what measures, beside the rest. Prometheus is at <http://localhost:${PAGES[PROMETHEUS].port}>, Alertmanager at <http://localhost:${PAGES[ALERTMANAGER].port}>, Grafana at <http://localhost:${PAGES[GRAFANA].port}>, unless ${[PROMETHEUS, ALERTMANAGER, GRAFANA].map((name) => `\`${PAGES[name as keyof typeof PAGES].variable}\``).join(", ")} say other ports.`,
    run: [profiled("up", "--build", "--detach", "--wait")],
  },
  ...(example === undefined
    ? []
    : [
        {
          say: "See an alert fire, within two minutes, and end when the server is back.",
          run: [compose("stop", example), compose("start", example)],
        },
      ]),
  {
    say: "Lines of all containers are in Grafana, under Explore, source Loki; the dashboard leads there. They come from Docker's files: what `docker compose down` removed Loki has still, for a week.",
    run: [profiled("logs", "--tail=100", LOKI, ALLOY)],
  },
  ...(traced
    ? [
        {
          say: "Traces: build what traces into the images, and switch it on; without the variable nothing is sent. They are under Explore too, source Tempo, for three days, and a line that has a `trace_id` leads to its trace.",
          run: [
            ["OTEL_SDK_DISABLED=false", profiled("up", "--build", "--detach", "--wait")].join(" "),
            profiled("logs", "--tail=100", TEMPO, OTLP_COLLECTOR),
          ],
        },
      ]
    : []),
  {
    say: "After `npm run render`: Prometheus and Grafana read their files by themselves, all others when they start.",
    run: [profiled("restart", ALERTMANAGER, LOKI, ALLOY, ...(traced ? [TEMPO, OTLP_COLLECTOR] : []))],
  },
  {
    say: "Stop and remove what measures, and nothing else; what it kept stays. Before the profile is taken out of the file, too.",
    run: [profiled("rm", "--stop", "--force", ...names)],
  },
];

export interface CommandsRequest {
  readonly application: ResolvedApplication;
  readonly servers: readonly NamedServer[];
  /** Names of the containers that measure. */
  readonly names: readonly string[];
}

/** Commands about the application, each workload, each data service, and what measures them. */
export const everyday = ({ application, servers, names }: CommandsRequest): Section[] => [
  { about: "The application", steps: APPLICATION },
  ...application.workloads.map((workload) => ({ about: workload.name, steps: ofWorkload(workload) })),
  ...servers.map((server) => ({
    about: server.name === server.host ? server.name : `${server.name}, the container ${server.host}`,
    steps: ofServer(server),
  })),
  {
    about: "What measures",
    steps: measuring({
      names,
      example: servers.find(({ user }) => user !== undefined)?.host,
      traced: isTraced(application),
    }),
  },
];

/** How one looks at the parts that an alert names, and brings them back. */
export const aboutParts =
  ({ servers }: Pick<CommandsRequest, "servers">) =>
  (parts: readonly AlertedPart[]): Step[] => {
    const containers = parts.map(({ kind, name }) =>
      kind === "service" ? (servers.find((server) => server.name === name)?.host ?? name) : name,
    );
    const all = containers.join(" ");
    // What measures is known to Docker Compose with its profile alone.
    const ask = parts.some(({ kind }) => kind === "container") ? profiled : compose;
    return [
      {
        say: "Whether it runs and is healthy, what it wrote, and what it uses.",
        run: [ask("ps", "--all", all), ask("logs", "--tail=100", all), ask("stats", "--no-stream", all)],
      },
      {
        say: "Start what does not run; start anew what does.",
        run: [ask("up", "--detach", "--wait", "--no-deps", all), ...containers.map((one) => profiled("restart", one))],
      },
    ];
  };
