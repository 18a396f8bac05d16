import { setTimeout as pause } from "node:timers/promises";
import type { CloudFacts } from "../../constructs/kubernetes/facts";
import { line } from "../../constructs/releases/shell";
import { RELAY_PORT } from "../../constructs/sessions/relay";
import { type Session, sessionJob, sessionPolicies } from "../../constructs/sessions/session";
import { EXIT, type Exit } from "../command";
import { complain, say } from "../rollback/rollback";
import { Unanswered } from "../unanswered";
import type { Cluster } from "./cluster";
import { type Forward, forward, isFree } from "./forward";
import type { Interrupt } from "./interrupt";
import { endOf, isReady, podOf } from "./pod";
import { checkRights, TO_CONNECT } from "./rights";

/** A session to be opened; who asks is the cluster's to say. */
export interface Connect {
  readonly session: Omit<Session, "who">;
  readonly facts: CloudFacts;
  readonly cluster: Cluster;
  /** Port of this machine. @default - the target's usual one, or another where somebody has it */
  readonly port?: number;
  /** Whoever opened it is done with it. */
  readonly interrupt: Interrupt;
}

/** Opens a session, and ends it when people are done, its time is over or it breaks. */
export async function connect(asked: Connect): Promise<Exit> {
  const { cluster } = asked;
  try {
    if (asked.port !== undefined && !(await isFree(asked.port))) {
      throw new Unanswered(`port ${asked.port} of this machine is taken; use another, or leave --port out`);
    }
    await cluster.signIn();
    const session: Session = { ...asked.session, who: await cluster.who() };
    await checkRights(cluster, TO_CONNECT, session.target.namespace, session.who);
    if (asked.interrupt.hasCome()) return EXIT.done;
    return await opened({ ...asked, session });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    // An interrupt from the keyboard ends what was asked as well.
    if (asked.interrupt.hasCome()) return EXIT.done;
    complain(error.message);
    return EXIT.wrong;
  } finally {
    cluster.close();
  }
}

type Opened = Connect & { readonly session: Session };

async function opened(asked: Opened): Promise<Exit> {
  const { session, cluster, facts } = asked;
  // A reader of the output that is gone, or a mistake of this program, ends it without coming back here.
  const atExit = (): void => {
    cluster.askNow(...endOf(session));
    cluster.close();
  };
  process.once("exit", atExit);
  try {
    // Refused, it may be there all the same: the answer can be what is missing.
    const { uid } = (await cluster.create(sessionJob(session, facts))).metadata;
    for (const policy of sessionPolicies(session, facts, uid)) await cluster.create(policy);
    const pod = await podOf(cluster, session, { interrupt: asked.interrupt, isThere: isReady });
    return pod === undefined ? EXIT.done : await kept(asked, await forwarded(asked, pod.metadata.name));
  } finally {
    await ended(cluster, session);
    process.off("exit", atExit);
  }
}

async function forwarded({ cluster, session, port, interrupt }: Opened, pod: string): Promise<Forward> {
  const { target } = session;
  const local = port ?? ((await isFree(target.port)) ? target.port : 0);
  const words = ["port-forward", "--namespace", target.namespace, "--address", "127.0.0.1", `pod/${pod}`];
  const way = cluster.words(...words, `${local === 0 ? "" : String(local)}:${RELAY_PORT}`);
  return forward(way, { ...process.env, ...cluster.env }, interrupt.comes).catch((error: unknown) => {
    throw new Unanswered(`kubectl does not open the way: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** Keeps it open, and says where it leads and how it ended. */
async function kept({ session, cluster, interrupt }: Opened, way: Forward): Promise<Exit> {
  tell(session, way.port, cluster);
  // kubectl does not notice that a pod is gone before somebody uses the way.
  const over = new AbortController();
  const left = Math.max(0, Date.parse(session.until) - Date.now());
  const time = pause(left, undefined, { signal: over.signal }).catch(() => undefined);
  const why = await Promise.race([interrupt.comes.then(() => undefined), time, way.ended]);
  over.abort();
  way.stop();
  await way.ended;
  if (interrupt.hasCome()) {
    say("", `${session.name} has ended.`);
    return EXIT.done;
  }
  // The cluster may be some seconds ahead of this machine.
  if (why === undefined || Date.now() >= Date.parse(session.until) - 10_000) {
    say("", `The time of ${session.name} is over. Ask again for another.`);
    return EXIT.done;
  }
  complain(
    "",
    `the way to ${session.target.name} broke: ${why.split("\n").at(-1) ?? "kubectl said nothing"}`,
    "ask again",
  );
  return EXIT.wrong;
}

function tell(session: Session, port: number, cluster: Cluster): void {
  const { name, environment, target, who, reason, brokenGlass } = session;
  const { signIn } = target;
  say(
    `127.0.0.1:${port} leads to ${target.name} of ${environment} (${target.what}) until ${session.until}.`,
    `You are ${who}. Session ${name} in ${target.namespace} says so${reason === undefined ? "" : `, and why: ${reason}`}.`,
    ...(brokenGlass ? ["The glass is broken: it stays on record for 30 days."] : []),
  );
  if (signIn !== undefined) {
    say("", `It asks who you are: ${signIn.whose}. Secret ${signIn.secret} has it:`);
    for (const key of signIn.keys) {
      const path = `{.data.${key.replaceAll(".", String.raw`\.`)}}`;
      const words = cluster.words("get", "secret", "-n", target.namespace, signIn.secret, "-o", `jsonpath=${path}`);
      say(`  ${line(words)} | base64 -d`);
    }
    if (cluster.isOwn) say("  (with the cluster's own settings: the commands of the runbooks give them)");
  }
  say("", "Ctrl-C ends it.");
}

async function ended(cluster: Cluster, session: Session): Promise<void> {
  const { name } = session;
  const said = await cluster.askUndisturbed(...endOf(session));
  if (said.code === 0 || said.stderr.includes("(NotFound)")) return;
  complain(`${name} could not be ended from here; the cluster ends it when its time is over`);
}
