import { own } from "../model/own";
import type { RadarReport, Sighting, Standing } from "../radar/report";
import {
  type ApplicationSubject,
  aside,
  inApplication,
  inEnvironment,
  inOverlay,
  isSmall,
  met,
  type Rule,
  SMALL,
  UNKNOWN,
  unmet,
} from "./rule";
import { TEMPLATE_RULES } from "./template-rules";

const watched: Rule<ApplicationSubject> = {
  id: "watched",
  grade: "bronze",
  asks: "somebody is called when it fails",
  judge(subject) {
    const { observability } = subject.around;
    return observability === undefined
      ? unmet("nobody is called", inEnvironment(subject, "observability"), "choose what measures it")
      : met(observability.title ?? "measured");
  },
};

/** Teams of which more than the name is said: its owner among them, or nothing is known of that. */
const ownerOf = ({ document: { owner, teams } }: ApplicationSubject) =>
  owner === undefined ? undefined : own(teams, owner);

const owned: Rule<ApplicationSubject> = {
  id: "owned",
  grade: "bronze",
  asks: "a team with people in it answers for it",
  judge(subject) {
    const { owner } = subject.document;
    if (owner === undefined) return UNKNOWN;
    const members = ownerOf(subject)?.members ?? [];
    return members.length > 0
      ? met(`${owner}: ${members.map(({ name, title }) => title ?? name ?? "").join(", ")}`)
      : unmet(`nobody knows who is in ${owner}`, inApplication(subject, "owner"), "give a team() with members");
  },
};

const reachable: Rule<ApplicationSubject> = {
  id: "reachable",
  grade: "silver",
  asks: "its team can be written to",
  judge(subject) {
    if (subject.document.owner === undefined) return UNKNOWN;
    const { chat, email } = ownerOf(subject) ?? {};
    const said = chat ?? email;
    return said === undefined
      ? unmet("no address of its team", inApplication(subject, "owner"), "give its team() a chat or an email")
      : met(said);
  },
};

const isIn =
  (stack: string) =>
  ({ where }: Sighting): boolean =>
    where.includes(stack);

/** Products of an application's stack whose support stands so. */
const standing = ({ sightings }: RadarReport, stack: string, as: Standing): string[] =>
  sightings
    .filter(isIn(stack))
    .filter((one) => one.standing === as)
    .map(({ fact: { product, version, endOfSupport } }) => `${product} ${version} (${endOfSupport ?? "ended"})`);

const supported = (as: Standing, rule: Pick<Rule<ApplicationSubject>, "asks" | "grade" | "id">, says: string) => ({
  ...rule,
  judge(subject: ApplicationSubject) {
    const { support, document } = subject;
    if (support === undefined || document.stack === undefined) return UNKNOWN;
    const { on } = support;
    const found = standing(support, document.stack, as);
    return found.length === 0
      ? met(`on ${on}`)
      : unmet(`${says} ${found.join(", ")}`, inApplication(subject), "move to a version that is supported for longer");
  },
});

const nothingLetGo: Rule<ApplicationSubject> = {
  id: "nothing-let-go",
  grade: "silver",
  asks: "no name in drops, so that nothing that holds data may go",
  judge(subject) {
    if (isSmall(subject)) return aside(SMALL);
    const { drops } = subject.document;
    if (!Array.isArray(drops)) return UNKNOWN;
    return drops.length === 0
      ? met("none")
      : unmet(`may go: ${drops.join(", ")}`, inOverlay(subject, "drops"), "take out what has gone");
  },
};

/** Whether it has data of its own: what somebody else runs, somebody else copies. */
const holdsData = ({ document: { services = {}, workloads = {}, objects = {} } }: ApplicationSubject): boolean =>
  Object.values(services).some((service) => service?.sizing?.placement !== "external") ||
  Object.values(workloads).some((workload) => Object.keys(workload?.volumes ?? {}).length > 0) ||
  Object.values(objects).some((group) => (group?.pods?.volumes?.length ?? 0) > 0);

/** Whether what is lost comes again by itself, as what a cache or a broker holds. `name` is as in `backups.without`. */
const isPassing = ({ application, document: { services = {} } }: ApplicationSubject, name: string): boolean =>
  ["rabbitmq", "redis"].includes(services[name.slice(application.length + 1)]?.kind ?? "");

const elsewhere: Rule<ApplicationSubject> = {
  id: "in-another-region",
  grade: "gold",
  asks: "copies outlive the region",
  judge(subject) {
    if (isSmall(subject)) return aside(SMALL);
    const { backups } = subject.around;
    if (backups !== undefined) {
      const lost = (backups.without ?? []).filter((name) => name.startsWith(`${subject.application}/`));
      const there = `copies in ${backups.region ?? "another region"}`;
      const words = lost.length === 0 ? there : `${there}, without ${lost.join(", ")}`;
      if (lost.every((name) => isPassing(subject, name))) return met(words);
      return unmet(
        words,
        inEnvironment(subject, "backups"),
        "keep databases, objects and files in what is copied, and take them out of without",
      );
    }
    if (!holdsData(subject)) return aside("it holds no data");
    const stays = subject.around.cloud?.staysInRegion;
    return stays === undefined
      ? unmet(
          "no copy leaves the region",
          inEnvironment(subject, "backups"),
          "name a second region, and in without what may be lost with this one",
        )
      : aside(stays);
  },
};

/** What is patched or brought as it is, no other release of this program looks after. */
const inTheModel: Rule<ApplicationSubject> = {
  id: "in-the-model",
  grade: "gold",
  asks: "nothing beside the model: no patch, and no object of its own",
  judge(subject) {
    const { patches = {}, objects = {} } = subject.document;
    const found = [
      ...Object.entries(patches).map(([name, one]) => `patch ${name}, as "${one?.reason ?? ""}"`),
      ...Object.entries(objects).map(([name, one]) => `objects ${name}, as "${one?.reason ?? ""}"`),
    ];
    return found.length === 0
      ? met("no patch, no object of its own")
      : unmet(found.join("; "), inApplication(subject), "say it in the model, if the model has a word for it by now");
  },
};

export const APPLICATION_RULES: readonly Rule<ApplicationSubject>[] = [
  owned,
  watched,
  supported(
    "past",
    { id: "supported", grade: "bronze", asks: "nothing of it is past its end of support" },
    "past its end:",
  ),
  reachable,
  nothingLetGo,
  supported(
    "near",
    { id: "supported-for-longer", grade: "silver", asks: "no support ends within 90 days" },
    "ends soon:",
  ),
  elsewhere,
  inTheModel,
  ...TEMPLATE_RULES,
];
