import { PRE_STOP_SECONDS } from "../../constructs/kubernetes/pod";
import type { Image } from "./support/container";
import { type Outcome, REQUEST, stopUnderLoad } from "./support/load";
import { FPM, NGINX, phpPod } from "./support/php-pod";
import type { Pod, Stopped } from "./support/pod";
import { waitUntil, within } from "./support/program";

/* What takes its time here is waiting, so all pods do it at once. */

const pods: Pod[] = [];
afterAll(async () => {
  await Promise.all(pods.map((pod) => pod.remove()));
});

async function start(image?: Partial<Image>): Promise<Pod> {
  const pod = await phpPod({ terminationGraceSeconds: REQUEST }, image);
  pods.push(pod);
  return pod;
}

/** For how many seconds PHP-FPM's hook holds it. */
const hold = async (pod: Pod): Promise<number> => (await pod.preStop(FPM, pod.graceSeconds))?.seconds ?? Infinity;

/** The kubelet restarts PHP-FPM, which answers again by then, and nobody stops nginx. */
async function restartAlone(pod: Pod) {
  const held = await hold(pod);
  const fpm = pod.container(FPM);
  fpm.signal("SIGQUIT");
  const left = pod.graceSeconds - held;
  return { held, left, code: await within(left, fpm.exited) };
}

async function stopHung(pod: Pod): Promise<number> {
  for (const id of pod.container(FPM).processes()) process.kill(id, "SIGSTOP");
  return hold(pod);
}

async function stopCrashed(pod: Pod): Promise<Stopped> {
  pod.container(FPM).signal("SIGKILL");
  await waitUntil("PHP-FPM is gone", () => !pod.container(FPM).running());
  return pod.stop();
}

describe("a pod of nginx and PHP-FPM that is told to go", () => {
  let byQuit: Outcome;
  let byTerm: Outcome;
  let withoutHooks: Outcome;
  let restarted: Awaited<ReturnType<typeof restartAlone>>;
  let hung: number;
  let crashed: Stopped;

  beforeAll(async () => {
    [byQuit, byTerm, withoutHooks, restarted, hung, crashed] = await Promise.all([
      start().then((pod) => stopUnderLoad(pod)),
      start({ stopSignal: "SIGTERM", userland: "debian" }).then((pod) => stopUnderLoad(pod)),
      start().then((pod) => stopUnderLoad(pod, { hooks: false })),
      start().then(restartAlone),
      start().then(stopHung),
      start().then(stopCrashed),
    ]);
  });

  test.each([
    ["SIGQUIT, as the official images say, on Alpine", () => byQuit],
    ["SIGTERM, as images without a stop signal get it, on Debian", () => byTerm],
  ])("by %s, answers every request, nginx first, within its time", (_, outcome) => {
    const { sent, outcomes, order, killed, seconds } = outcome();
    expect(sent).toBeGreaterThan(200);
    expect(outcomes).toEqual({ "200": sent });
    expect(order).toEqual([NGINX, FPM]);
    expect(killed).toEqual([]);
    expect(seconds).toBeGreaterThan(PRE_STOP_SECONDS);
    // As long as the last request, not as long as idle connections would like to be kept.
    expect(seconds).toBeLessThan(PRE_STOP_SECONDS + REQUEST + 3);
  });

  test("without its hooks would lose some, so this test would see it", () => {
    expect(Object.keys(withoutHooks.outcomes)).not.toEqual(["200"]);
  });

  test("but whose nginx stays holds PHP-FPM only as long as it can still stop by itself", () => {
    expect(restarted.held).toBeGreaterThan(PRE_STOP_SECONDS + REQUEST);
    expect(restarted.left).toBeGreaterThan(5);
    expect(restarted.code).toBe(0);
  });

  test("waits for a PHP-FPM that hangs as long as its probe would", () => {
    expect(hung).toBeGreaterThan(9);
    expect(hung).toBeLessThan(14);
  });

  test("does not wait for a PHP-FPM that is gone", () => {
    expect(crashed.killed).toEqual([]);
    expect(crashed.seconds).toBeLessThan(PRE_STOP_SECONDS + 3);
  });
});
