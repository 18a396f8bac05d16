import type { Deployment } from "../../../constructs/kubernetes/objects";
import { progressDeadline } from "../../../constructs/kubernetes/rollout";
import { render } from "../../support/resolved";

interface Shape {
  readonly replicas: number;
  /** Seconds a pod takes to stop: all that it is given. */
  readonly grace: number;
  /** Seconds until a pod is ready. */
  readonly start: number;
  readonly rollingUpdate: Deployment["spec"]["strategy"]["rollingUpdate"];
}

const MIN_READY = 10;

/** A Deployment as the model makes it, in the shape that is asked for. */
export function deploymentOf({ replicas, grace, start, rollingUpdate }: Shape): Deployment {
  const found = render({}).find((object): object is Deployment => object.kind === "Deployment");
  if (found === undefined) throw new Error("no Deployment");
  const { spec } = found.spec.template;
  const readinessProbe = { initialDelaySeconds: start - 1, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 3 };
  const template = {
    ...found.spec.template,
    spec: {
      ...spec,
      terminationGracePeriodSeconds: grace,
      containers: spec.containers.slice(0, 1).map((container) => ({ ...container, readinessProbe })),
    },
  };
  return {
    ...found,
    spec: {
      ...found.spec,
      replicas,
      template,
      minReadySeconds: MIN_READY,
      strategy: { type: "RollingUpdate", rollingUpdate },
      progressDeadlineSeconds: progressDeadline(template, MIN_READY),
    },
  };
}

interface Conditions extends Shape {
  /** Pods that there may be, stopping ones with them. */
  readonly quota: number;
  /** Pods that are stopping when it begins. */
  readonly stopping: number;
}

interface Outcome {
  /** Times that the quota refused a pod. */
  readonly blocked: number;
  readonly longestWait: number;
  readonly seconds: number;
}

/**
 * A rolling update second by second where something happens, by the rules of the Deployment controller: what it may add
 * above what is wanted, what it may take from what is available, and no account of pods that are stopping.
 * With `maxSurge` 0 a pod's disk is its predecessor's, so that it starts when that has stopped.
 */
export function simulate(spec: Deployment["spec"], { replicas, grace, start, quota, stopping }: Conditions): Outcome {
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate;
  const surge = typeof maxSurge === "number" ? maxSurge : Math.ceil((replicas * parseInt(maxSurge, 10)) / 100);
  const ready = start + spec.minReadySeconds;
  let ends = Array.from({ length: stopping }, () => grace);
  let comes: number[] = [];
  let [old, wanted, available, now, last, longestWait, blocked] = [replicas, 0, 0, 0, 0, 0, 0];
  for (;;) {
    let progress = true;
    while (progress) {
      progress = false;
      const add = Math.min(replicas + surge - old - wanted, replicas - wanted);
      wanted += Math.max(0, add);
      const made = available + comes.length;
      const room = quota - old - made - ends.length;
      const create = Math.min(wanted - made, Math.max(0, room));
      if (create < wanted - made) blocked += 1;
      for (let i = 0; i < create; i++) comes.push((surge === 0 ? Math.max(now, ...ends) : now) + ready);
      const least = replicas - Number(maxUnavailable);
      const remove = Math.min(old, old + available - least, old + wanted - least - (wanted - available));
      for (let i = 0; i < remove; i++) ends.push(now + grace);
      old -= Math.max(0, remove);
      progress = add > 0 || create > 0 || remove > 0;
      if (progress) [longestWait, last] = [Math.max(longestWait, now - last), now];
    }
    if (old === 0 && available === replicas) return { blocked, longestWait, seconds: now };
    const next = Math.min(...comes, ...ends);
    if (!Number.isFinite(next)) throw new Error("stands still for good");
    now = next;
    const came = comes.filter((time) => time <= now).length;
    available += came;
    if (came > 0) [longestWait, last] = [Math.max(longestWait, now - last), now];
    comes = comes.filter((time) => time > now);
    ends = ends.filter((time) => time > now);
  }
}
