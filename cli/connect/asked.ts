import { didYouMean, oneOf, type Problem, refuse } from "../../constructs/model/problem";
import type { SessionTarget } from "../../constructs/sessions/target";
import { isReached, type Reached } from "../../constructs/sessions/targets";

/** What a command line asks for, read. */
export interface Wanted {
  readonly seconds: number;
  readonly reason?: string;
  readonly brokenGlass: boolean;
  readonly port?: number;
}

interface Given {
  readonly target: string;
  readonly for?: string;
  readonly reason?: string;
  readonly port?: string;
  readonly brokenGlass: boolean;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How long a session lasts, and may: where the glass is broken, a repair and not a day's work. */
const LASTS = { usual: HOUR, most: 8 * HOUR, mostBrokenGlass: 2 * HOUR } as const;

const LONGEST_REASON = 300;

/** Seconds of `30m` or `2h`; an hour where nothing is said. `undefined` where it is no such time. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return LASTS.usual;
  const [, number, unit] = /^([1-9]\d{0,3})(m|h)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (unit === "h" ? HOUR : MINUTE);
}

/** Whether a text tells people anything, and is one line of it. */
const isReason = (text: string): boolean =>
  text.trim().length >= 10 && text.length <= LONGEST_REASON && /\s/.test(text.trim()) && !/\p{C}/u.test(text);

/**
 * The target that is meant, and how.
 *
 * @throws InvalidInput about the arguments, with everything that is wrong
 */
export function wanted(
  given: Given,
  targets: readonly Reached[],
  environment: { readonly name: string; readonly protect: boolean },
): Wanted & { readonly target: SessionTarget } {
  const { reason, brokenGlass } = given;
  const found = targets.find(({ name }) => name === given.target);
  const target = found !== undefined && isReached(found) ? found : undefined;
  const most = brokenGlass ? LASTS.mostBrokenGlass : LASTS.most;
  const seconds = secondsOf(given.for);
  const port = given.port === undefined ? undefined : Number(given.port);
  const isPort = given.port === undefined || (/^[1-9]\d{0,4}$/.test(given.port) && Number(given.port) <= 65_535);
  const problems: Problem[] = [
    ...targetProblems(given.target, found, targets),
    ...(seconds === undefined || seconds > most
      ? [{ path: ["arguments", "for"], got: given.for, fix: `use 1m to ${most / HOUR}h, e.g. 30m` }]
      : []),
    ...(isPort
      ? []
      : [{ path: ["arguments", "port"], got: given.port, fix: "use a port of this machine, 1 to 65535" }]),
    ...(environment.protect && target?.isData === true && !brokenGlass
      ? [
          {
            path: ["arguments", "break-glass"],
            why: `${environment.name} is protected, and data comes out of ${target.name}`,
            fix: "say --break-glass with --reason: its session is kept for 30 days, and alerts tell of it where the environment is measured",
          },
        ]
      : []),
    ...(brokenGlass && target !== undefined && !(environment.protect && target.isData)
      ? [
          {
            path: ["arguments", "break-glass"],
            why: environment.protect
              ? `no data comes out of ${target.name}`
              : `${environment.name} is not protected, and no alert would tell of it`,
            fix: "leave it out",
          },
        ]
      : []),
    ...reasonProblems(reason, environment, brokenGlass),
  ];
  refuse(problems);
  if (target === undefined || seconds === undefined) throw new Error("neither is missing without a problem");
  return {
    ...{ target, seconds, brokenGlass },
    ...(reason !== undefined && { reason: reason.trim() }),
    ...(port !== undefined && { port }),
  };
}

function targetProblems(asked: string, found: Reached | undefined, targets: readonly Reached[]): Problem[] {
  const path = ["arguments"];
  if (found !== undefined) return isReached(found) ? [] : [{ path, got: asked, why: found.why, fix: found.fix }];
  const names = targets.flatMap((one) => (isReached(one) ? [one.name] : []));
  const fix =
    names.length === 0 ? "there is nothing in it to connect to" : `use ${oneOf(names)}${didYouMean(asked, names)}`;
  return [{ path, got: asked, why: "there is nothing of that name", fix }];
}

/** Whether a reason is one, and is there where it has to be. */
export function reasonProblems(
  reason: string | undefined,
  { name, protect }: { readonly name: string; readonly protect: boolean },
  brokenGlass: boolean,
): Problem[] {
  const path = ["arguments", "reason"];
  const fix = `say why in some words, 10 to ${LONGEST_REASON} characters of one line, e.g. "INC-1042: orders of today are missing"`;
  if (reason !== undefined) return isReason(reason) ? [] : [{ path, got: reason, fix }];
  if (brokenGlass) return [{ path, why: "the glass is broken without one", fix }];
  return protect ? [{ path, why: `${name} is protected`, fix }] : [];
}
