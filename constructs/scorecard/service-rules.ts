import { own } from "../model/own";
import { formatSpan } from "../model/recovery";
import { rehearsal, REHEARSED } from "./rehearsed";
import {
  aside,
  inEnvironment,
  inOverlay,
  isSmall,
  type Judgement,
  met,
  type Rule,
  type ServiceSubject,
  SMALL,
  UNKNOWN,
  unmet,
} from "./rule";

const THEIRS = "somebody else runs it, and copies it or does not";

const isTheirs = ({ service }: ServiceSubject): boolean => service.sizing?.placement === "external";

/** A cloud's own product without copies has none that anybody could switch on. */
const cannotBeCopied = ({ service }: ServiceSubject): boolean =>
  service.sizing?.placement === "managed" && service.provided?.backups === undefined;

/** Path of how an environment makes a service. */
const at = (subject: ServiceSubject, field: string): string => inOverlay(subject, "services", subject.name, field);

const copied: Rule<ServiceSubject> = {
  id: "copied",
  grade: "bronze",
  asks: "something brings back what is deleted by mistake",
  judge(subject) {
    if (isTheirs(subject)) return aside(THEIRS);
    if (isSmall(subject)) return aside(SMALL);
    const { backups, product } = subject.service.provided ?? {};
    if (product === undefined) return UNKNOWN;
    if (backups !== undefined) return met(backups);
    return cannotBeCopied(subject)
      ? aside(`${product} copies nothing that it holds`)
      : unmet(`nothing copies ${product}`, at(subject, "backups"), "say when, and for how long copies are kept");
  },
};

const kept: Rule<ServiceSubject> = {
  id: "kept",
  grade: "bronze",
  asks: "no edit of the program deletes it",
  judge(subject) {
    if (isTheirs(subject)) return aside(THEIRS);
    if (isSmall(subject)) return aside(SMALL);
    const { drops, protect } = subject.document;
    if (typeof protect !== "boolean") return UNKNOWN;
    if (!protect) return unmet("it may be deleted", inEnvironment(subject, "protect"), "say true");
    return drops?.includes(subject.name)
      ? unmet("drops lets it go", inOverlay(subject, "drops"), "take it out")
      : met("protected");
  },
};

const NOTHING_SAID = "nothing is promised of its data";

/** A promise of what nothing brings back is refused: it is copied first, or can be copied by nobody. */
function unpromised(subject: ServiceSubject): Judgement {
  const { sizing } = subject.service;
  const lost = own(subject.document.unrecoverable, subject.name);
  if (lost === undefined) {
    return unmet(NOTHING_SAID, inOverlay(subject, "recovery"), `say rpo and rto of ${JSON.stringify(subject.name)}`);
  }
  return sizing?.placement === "in-cluster" && sizing.backups === undefined
    ? unmet(
        `${NOTHING_SAID}: ${lost}`,
        at(subject, "backups"),
        "say when it is copied, and then what recovery promises",
      )
    : aside(lost);
}

const promised: Rule<ServiceSubject> = {
  id: "recovery-promised",
  grade: "silver",
  asks: "a promise of what is lost at most, and for how long",
  judge(subject) {
    if (isTheirs(subject)) return aside(THEIRS);
    if (isSmall(subject)) return aside(SMALL);
    if (cannotBeCopied(subject)) return aside("no copy could keep a promise");
    const promise = own(subject.document.recovery, subject.name);
    if (promise === undefined) return unpromised(subject);
    const { rpoSeconds, rtoSeconds } = promise;
    if (rpoSeconds === undefined || rtoSeconds === undefined) return UNKNOWN;
    return met(`${formatSpan(rpoSeconds)} are lost at most, back within ${formatSpan(rtoSeconds)}`);
  },
};

const standby: Rule<ServiceSubject> = {
  id: "standby",
  grade: "silver",
  asks: "a lost machine or zone is taken over by another",
  judge(subject) {
    if (isTheirs(subject)) return aside("somebody else runs it");
    if (isSmall(subject)) return aside(SMALL);
    const { compute } = subject.service.provided ?? {};
    if (compute === undefined) return aside("it is no machine");
    const { highAvailability, placement } = subject.service.sizing ?? {};
    if (highAvailability === undefined || compute.nodes === undefined) return UNKNOWN;
    if (highAvailability) return met(compute.nodes > 1 ? `${compute.nodes} nodes` : "a standby");
    const places: readonly string[] | undefined = subject.service.standbyIn;
    if (places === undefined || placement === undefined) return UNKNOWN;
    const alone = placement === "in-cluster" ? "one pod" : "one machine";
    if (places.includes(placement)) return unmet(alone, at(subject, "highAvailability"), "say true");
    return places.includes("managed")
      ? unmet(alone, at(subject, "placement"), 'say "managed", which has one')
      : aside("none is to be had of it here");
  },
};

const rehearsed: Rule<ServiceSubject> = {
  id: "restore-rehearsed",
  grade: "gold",
  asks: REHEARSED,
  judge(subject) {
    if (isTheirs(subject)) return aside(THEIRS);
    if (isSmall(subject)) return aside(SMALL);
    if (own(subject.document.recovery, subject.name) === undefined) return aside(NOTHING_SAID);
    return rehearsal(subject, [subject.name]);
  },
};

export const SERVICE_RULES: readonly Rule<ServiceSubject>[] = [copied, kept, promised, standby, rehearsed];
