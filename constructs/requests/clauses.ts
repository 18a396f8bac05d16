import type { Profile } from "../model/environment";
import { oneOf } from "../model/problem";
import { parseSpan, type Recovery } from "../model/recovery";
import type { Asked, AskedEnvironment } from "./asked";
import type { Clause, Finding } from "./policy";
import { asksForService, type RequestKind, sizesOf, untilOf } from "./request";
import { COUNTED, type Usage } from "./usage";

/* Clauses that most policies have. Each is a function from what a platform wants to a `Clause`; one of a platform's own is an object. */

interface Named {
  readonly id: string;
  /** The rule in a sentence. */
  readonly text: string;
}

const refused = (path: readonly (string | number)[], why: string, fix: string): Finding => ({
  is: "refused",
  path,
  why,
  fix,
});

/** Whether a request is for data of one of these classes. */
const holds = ({ request }: Asked, data: readonly string[]): boolean =>
  asksForService(request) && data.includes(request.data);

/** Allows requests of these kinds, and refuses others. */
export const kinds = ({ kinds: known, ...named }: Named & { readonly kinds: readonly RequestKind[] }): Clause => ({
  ...named,
  judge: ({ request }) =>
    known.includes(request.request)
      ? [{ is: "allowed" }]
      : [
          refused(
            ["request"],
            `a ${request.request} is not among what can be asked for`,
            `ask for ${oneOf(known)}, or talk to the platform team`,
          ),
        ],
});

/** Refuses sizes that an environment of a profile does not take. A request that says no size has that of the profile. */
export const sizes = ({
  most,
  ...named
}: Named & { readonly most: Readonly<Record<Profile, readonly string[]>> }): Clause => ({
  ...named,
  judge: ({ request, environments }) =>
    environments.flatMap(({ name, environment: { profile } }): Finding[] => {
      const size = Object.hasOwn(sizesOf(request), name) ? sizesOf(request)[name] : undefined;
      if (size === undefined || most[profile].includes(size)) return [];
      return [
        refused(
          ["sizes", name],
          `"${size}" is not for an environment of profile ${profile}`,
          `use ${oneOf(most[profile])}`,
        ),
      ];
    }),
});

/**
 * Refuses data of some classes anywhere but in these places. `places` are words by which a cloud says where an environment is: its
 * region, its account. One of them is enough, and where copies go to another region, so is that one to be among them.
 */
export const placesOfData = ({
  data,
  places,
  ...named
}: Named & { readonly data: readonly string[]; readonly places: readonly string[] }): Clause => ({
  ...named,
  judge: (asked) =>
    !holds(asked, data)
      ? []
      : asked.environments.flatMap((one): Finding[] => {
          const { environment } = one;
          const copies = environment.backups?.region;
          const isHere = environment.cloud.place(environment).some((place) => places.includes(place));
          if (!isHere)
            return [
              refused(
                ["data"],
                `${one.name} is in ${said(one)}, and such data stay in ${places.join(", ")}`,
                "use other data there, or ask the platform team for an environment that takes them",
              ),
            ];
          if (copies === undefined || places.includes(copies)) return [];
          return [
            refused(
              ["data"],
              `copies of ${one.name} go to ${copies}, and such data stay in ${places.join(", ")}`,
              "ask the platform team",
            ),
          ];
        }),
});

function said({ environment }: AskedEnvironment): string {
  return environment.cloud.describe(environment).place;
}

/** Refuses data of some classes that is not promised to come back so soon, in environments of these profiles. */
export const recoveryOfData = ({
  data,
  profiles,
  rpo,
  rto,
  ...named
}: Named & Recovery & { readonly data: readonly string[]; readonly profiles: readonly Profile[] }): Clause => ({
  ...named,
  judge: (asked) =>
    !holds(asked, data) || (asksForService(asked.request) && asked.request.request === "bucket")
      ? []
      : asked.environments
          .filter(({ environment }) => profiles.includes(environment.profile))
          .flatMap(({ name, service }): Finding[] => {
            const promise = service?.promise;
            const isEnough =
              promise !== undefined &&
              promise.rpoSeconds <= (parseSpan(rpo) ?? 0) &&
              promise.rtoSeconds <= (parseSpan(rto) ?? 0);
            const why = `${promise === undefined ? "nothing is promised of it" : "what is promised is too late"} in ${name}`;
            return isEnough
              ? []
              : [refused(["recovery"], why, `say recovery: { ${name}: { rpo: ${rpo}, rto: ${rto} } }, or less`)];
          }),
});

/** Asks somebody to agree, where `when` says so. */
export const approval = ({
  of,
  when = () => true,
  ...named
}: Named & {
  /** `"owner"`, or a word of the platform's own: `"security"`. */
  readonly of: string;
  /** @default - always */
  readonly when?: (asked: Asked) => boolean;
}): Clause => ({
  ...named,
  judge: (asked) => (when(asked) ? [{ is: "approval", of, why: named.text }] : []),
});

/** Whether a request is for data of one of these classes; for `when` of `approval`. */
export const ofData =
  (...data: readonly string[]) =>
  (asked: Asked): boolean =>
    holds(asked, data);

/** Refuses what would give a team more than this, all of its applications and environments together. */
export const quota = ({
  most,
  ...named
}: Named & { readonly most: Readonly<Partial<Record<keyof Usage, number>>> }): Clause => {
  const counted = (Object.keys(COUNTED) as (keyof Usage)[]).flatMap((what) => {
    const limit = most[what];
    return limit === undefined ? [] : [{ what, limit }];
  });
  return {
    ...named,
    judge: ({ owner, used }) =>
      counted
        .filter(({ what, limit }) => used[what] > limit)
        .map(({ what, limit }) =>
          refused(
            [],
            `${owner} would have ${number(used[what])} ${COUNTED[what]}, and may have ${number(limit)}`,
            "take away what is not needed, ask for less, or ask the platform team for more",
          ),
        ),
    left: ({ used }) =>
      counted.map(
        ({ what, limit }) => `${number(Math.max(0, limit - used[what]))} of ${number(limit)} ${COUNTED[what]}`,
      ),
  };
};

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const DAY = 86_400_000;
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/**
 * Lets requests have a last day of at most so many days from today, and services that have one live in these environments alone:
 * a service is in each environment that runs its application.
 */
export const lifetimes = ({
  environments: allowed,
  mostDays,
  ...named
}: Named & { readonly environments: readonly string[]; readonly mostDays: number }): Clause => ({
  ...named,
  judge: ({ request, environments, today }) => {
    const until = untilOf(request);
    if (until === undefined) return [];
    const days = (time(until) - time(today)) / DAY;
    const others = environments.map(({ name }) => name).filter((name) => !allowed.includes(name));
    return [
      ...(days > mostDays
        ? [refused(["until"], `${until} is in ${days} days`, `use at most ${mostDays} days from today`)]
        : []),
      ...(asksForService(request) && others.length > 0
        ? [
            refused(
              ["until"],
              `${others.join(", ")} would have it, too`,
              `leave "until" out, or ask for an application that runs in ${oneOf(allowed)} alone`,
            ),
          ]
        : []),
    ];
  },
});
