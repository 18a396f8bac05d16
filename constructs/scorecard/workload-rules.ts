import { own } from "../model/own";
import { rehearsal, REHEARSED } from "./rehearsed";
import {
  aside,
  inApplication,
  inEnvironment,
  inOverlay,
  isSmall,
  type Judgement,
  met,
  type Rule,
  SMALL,
  UNKNOWN,
  unmet,
  type WorkloadSubject,
} from "./rule";

type Kind = NonNullable<WorkloadSubject["workload"]["kind"]>;
type OfKind<K extends Kind> = Extract<WorkloadSubject["workload"], { readonly kind?: K | undefined }>;

const ANSWERS = ["php-fpm", "http"] as const satisfies readonly Kind[];
const STAYS = [...ANSWERS, "worker"] as const satisfies readonly Kind[];

const NO_REQUESTS = "it answers no requests";
const ENDS = "it runs to its end";

const isOneOf = <K extends Kind>(workload: WorkloadSubject["workload"], kinds: readonly K[]): workload is OfKind<K> =>
  kinds.some((kind) => kind === workload.kind);

/** A rule about workloads of some kinds, and why it asks nothing of others. */
const of =
  <K extends Kind>(
    kinds: readonly K[],
    why: string,
    judge: (workload: OfKind<K>, subject: WorkloadSubject) => Judgement,
  ): Rule<WorkloadSubject>["judge"] =>
  (subject) =>
    isOneOf(subject.workload, kinds) ? judge(subject.workload, subject) : aside(why);

const at = (subject: WorkloadSubject, ...field: readonly string[]): string =>
  inApplication(subject, "workloads", subject.name, ...field);

const pods = (count: number): string => `${count} ${count === 1 ? "pod" : "pods"}`;

const image: Rule<WorkloadSubject> = {
  id: "image-stays",
  grade: "silver",
  asks: "the same image tomorrow under the same name",
  judge(subject) {
    const { image: name } = subject.workload;
    const { images } = subject.document;
    if (typeof name !== "string") return UNKNOWN;
    if (name.includes("@sha256:")) return met("its image has a digest");
    if (images === "immutable-tags") return met("its registry overwrites no tag");
    return unmet(`${name} may be another image tomorrow`, at(subject, "image"), "add the digest, @sha256:…");
  },
};

const measured: Rule<WorkloadSubject> = {
  id: "measured",
  grade: "silver",
  asks: "it tells what it does with requests",
  judge: of(ANSWERS, NO_REQUESTS, ({ metrics }, subject) =>
    metrics === undefined
      ? unmet("nobody counts its requests", at(subject, "metrics"), "say where it tells them")
      : met(`asked at ${metrics.path}`),
  ),
};

const promised: Rule<WorkloadSubject> = {
  id: "promised",
  grade: "silver",
  asks: "a promise to those who call it, and somebody who is called before it is broken",
  judge: of(ANSWERS, NO_REQUESTS, (workload, subject) => {
    if (workload.kind === "http" && workload.protocol === "grpc") return aside("nobody counts requests of gRPC yet");
    const { availability, latency } = workload.objectives ?? {};
    const said = [
      ...(availability === undefined ? [] : [`${availability} % of requests`]),
      ...(latency === undefined ? [] : [`${latency.percent} % within ${latency.withinSeconds} s`]),
    ];
    return said.length > 0
      ? met(said.join(", "))
      : unmet("it promises nothing", at(subject, "objectives"), "say an availability or a latency");
  }),
};

const health: Rule<WorkloadSubject> = {
  id: "asked-for-life",
  grade: "silver",
  asks: "a process that hangs is started again",
  judge: of(["worker"], "its probes are there by themselves", ({ healthCommand }, subject) =>
    healthCommand === undefined
      ? unmet("only its end is seen", at(subject, "healthCommand"), "give a command that exits 0 while it works")
      : met(healthCommand.join(" ")),
  ),
};

const restricted: Rule<WorkloadSubject> = {
  id: "restricted",
  grade: "silver",
  asks: "the Pod Security profile restricted",
  judge(subject) {
    const profile = subject.workload.security?.profile;
    if (profile === undefined) return UNKNOWN;
    return profile === "restricted"
      ? met("restricted")
      : unmet(`profile ${profile}`, at(subject, "security", "profile"), "do without what restricted forbids");
  },
};

/** Where an application says why one cannot be narrower, it is a wide one: the check of the input asks for the reason. */
const narrow: Rule<WorkloadSubject> = {
  id: "narrow-rights",
  grade: "silver",
  asks: "no right in a cloud to more than is named",
  judge(subject) {
    const wide = Object.entries(subject.workload.permissions ?? {}).flatMap(([cloud, permissions]) =>
      Object.entries(permissions)
        .filter(([, { reason }]) => reason !== undefined)
        .map(([name]) => [cloud, name]),
    );
    const [first] = wide;
    if (first === undefined) return met("no wide one");
    const names = wide.map((one) => one.join(" / ")).join(", ");
    return unmet(`wide: ${names}`, at(subject, "permissions", ...first), "name what it needs");
  },
};

const oneAtATime: Rule<WorkloadSubject> = {
  id: "one-at-a-time",
  grade: "silver",
  asks: "runs do not pile up",
  judge: of(["cron"], "it has no schedule", ({ concurrency }, subject) =>
    concurrency === undefined
      ? UNKNOWN
      : concurrency === "Allow"
        ? unmet("a slow run meets the next", at(subject, "concurrency"), 'say "Forbid" or "Replace"')
        : met(concurrency),
  ),
};

/** Name of a volume in `recovery` and in `drops`. */
const held = ({ name }: WorkloadSubject, volume: string): string => `${name}/${volume}`;

/** Why nothing brings a volume back as it is deployed. */
const lostOf = (subject: WorkloadSubject, volume: string): string | undefined =>
  own(subject.document.unrecoverable, held(subject, volume));

const isDisk = ({ workload }: WorkloadSubject, volume: string): boolean =>
  own(workload.volumes, volume)?.access === "ReadWriteOnce";

/** Whether the environment can say something by which it comes back: then a promise is taken. */
const canComeBack = (subject: WorkloadSubject, volume: string): boolean =>
  lostOf(subject, volume) === undefined ||
  subject.around.protect === false ||
  (isDisk(subject, volume) && subject.around.clusterBackups === undefined);

const volumes: Rule<WorkloadSubject> = {
  id: "volumes-promised",
  grade: "silver",
  asks: "a promise of what comes back of its volumes",
  judge(subject) {
    const names = Object.keys(subject.workload.volumes ?? {});
    if (names.length === 0) return aside("it has no volume that stays");
    if (isSmall(subject)) return aside(SMALL);
    const open = names.filter((name) => own(subject.document.recovery, held(subject, name)) === undefined);
    if (open.length === 0) return met("what is lost at most, and for how long");
    const asked = open.filter((name) => canComeBack(subject, name));
    const [first] = asked;
    if (first === undefined) return aside([...new Set(open.map((name) => lostOf(subject, name) ?? ""))].join("; "));
    const said = `nothing is promised of ${asked.join(", ")}`;
    const [lost] = asked.filter((name) => lostOf(subject, name) !== undefined);
    if (lost === undefined) {
      const holdings = asked.map((name) => JSON.stringify(held(subject, name))).join(" and ");
      return unmet(said, inOverlay(subject, "recovery"), `say rpo and rto of ${holdings}`);
    }
    const [field, todo] = isDisk(subject, lost) ? ["clusterBackups", "say {}"] : ["protect", "say true"];
    const why = `${said}: ${lostOf(subject, lost) ?? ""}`;
    return unmet(why, inEnvironment(subject, field), `${todo}, and then what recovery promises`);
  },
};

const volumesRehearsed: Rule<WorkloadSubject> = {
  id: "volumes-rehearsed",
  grade: "gold",
  asks: REHEARSED,
  judge(subject) {
    if (isSmall(subject)) return aside(SMALL);
    const all = Object.keys(subject.workload.volumes ?? {}).map((name) => held(subject, name));
    const promises = all.filter((name) => own(subject.document.recovery, name) !== undefined);
    return promises.length === 0 ? aside("nothing is promised of a volume of it") : rehearsal(subject, promises);
  },
};

const scales: Rule<WorkloadSubject> = {
  id: "scales",
  grade: "gold",
  asks: "more pods come with more work",
  judge: of(STAYS, ENDS, ({ autoscaling, replicas, scaledTo, volumes: disks }, subject) => {
    if (autoscaling?.min !== undefined && autoscaling.max !== undefined) {
      return met(`${autoscaling.min} to ${pods(autoscaling.max)}`);
    }
    if (replicas === undefined) return UNKNOWN;
    if (scaledTo === undefined && Object.keys(disks ?? {}).some((name) => isDisk(subject, name))) {
      return aside("its disk is in one pod at a time");
    }
    if (scaledTo !== undefined) return met(`up to ${pods(scaledTo)} by an object of its own`);
    return unmet(`${pods(replicas)} whatever comes`, at(subject, "autoscaling"), "say min, max and by what");
  }),
};

const traced: Rule<WorkloadSubject> = {
  id: "traced",
  grade: "gold",
  asks: "what it does for a request is in its trace",
  judge: of([...STAYS, "cron"], "a release is in its log", ({ instrumented }, subject) => {
    if (typeof instrumented !== "boolean") return UNKNOWN;
    return instrumented
      ? met("OpenTelemetry")
      : unmet("it sends no spans", at(subject, "tracing"), "build OpenTelemetry into the image and say true");
  }),
};

const readOnly: Rule<WorkloadSubject> = {
  id: "read-only",
  grade: "gold",
  asks: "nothing can be written into its image's files",
  judge(subject) {
    const { security } = subject.workload;
    if (security?.readOnlyRootFilesystem === undefined) return UNKNOWN;
    return security.readOnlyRootFilesystem
      ? met("read-only root")
      : unmet("its root can be written", at(subject, "security", "readOnlyRootFilesystem"), "mount what it writes");
  },
};

export const WORKLOAD_RULES: readonly Rule<WorkloadSubject>[] = [
  image,
  measured,
  promised,
  health,
  restricted,
  narrow,
  oneAtATime,
  volumes,
  scales,
  traced,
  readOnly,
  volumesRehearsed,
];
