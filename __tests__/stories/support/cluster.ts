import { rabbitmqPodLabels } from "../../../constructs/kubernetes/rabbitmq-labels";
import { type Stack, standInAddress } from "../../../scripts/engine/stand-in";
import type { Event } from "../../../scripts/engine/stand-in-events";
import type { StandInRun } from "../../../scripts/engine/stand-in-run";

/*
 * What a cluster would hold while a stack is applied to it, object by object, and whether all that serves can go on: its
 * pods find what they read when they start again, routes lead to pods, and policies let those through who have to.
 */

type Labels = Readonly<Record<string, string>>;
/** A block of which there is one is no list in the JSON. */
type Some<T> = T | readonly T[] | undefined;

interface Rule {
  readonly ports?: Some<{ readonly port: string | number }>;
  readonly to?: Some<Peer>;
  readonly from?: Some<Peer>;
}

interface Peer {
  readonly pod_selector?: { readonly match_labels?: Labels };
  readonly namespace_selector?: { readonly match_labels?: Labels };
}

interface Container {
  readonly env?: Some<{ readonly value?: string }>;
  readonly env_from?: Some<{ readonly config_map_ref: { readonly name: string } }>;
  readonly port?: Some<{ readonly name: string; readonly container_port: number }>;
}

/** What is read of an object, whichever its kind. */
interface Body {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly template?: Template;
    readonly port?: Some<{ readonly port: number; readonly target_port: string }>;
    readonly job_template?: { readonly spec: { readonly template: Template } };
    readonly selector?: Labels;
    readonly rule?: Some<{ readonly http?: { readonly path: Some<{ readonly backend: Backend }> } }>;
    readonly rules?: Some<{ readonly backendRefs?: Some<{ readonly name: string }> }>;
    readonly pod_selector?: { readonly match_labels?: Labels };
    readonly ingress?: Some<Rule>;
    readonly egress?: Some<Rule>;
  };
}

interface Template {
  readonly metadata: { readonly labels: Labels };
  readonly spec: {
    readonly container?: Some<Container>;
    readonly volume?: Some<{
      readonly config_map?: { readonly name: string };
      readonly projected?: Some<{ readonly sources?: Some<{ readonly config_map?: Some<{ readonly name: string }> }> }>;
    }>;
  };
}

interface Backend {
  readonly service: { readonly name: string };
}

interface Held {
  readonly kind: string;
  readonly name: string;
  readonly body: Body;
}

/** A Deployment and the labels of a server's pods in the cluster. */
type Used = readonly [caller: Held, server: Labels];

export class StoryCluster {
  /** By address: two are there while the one replaces the other. */
  readonly #held = new Map<string, Held[]>();
  #stack: ReadonlyMap<string, Held> = new Map();

  constructor(private readonly run: StandInRun) {}

  /** Applies the stack. Throws where something that serves could not go on after a step; `fails` as in `write`. */
  public async release(stack: Stack, fails?: RegExp): Promise<readonly string[]> {
    const before = this.problems();
    if (this.#held.size > 0 && before.length > 0) throw new Error(`before the release:\n${before.join("\n")}`);
    const used = this.#used();
    this.#stack = objectsOf(stack);
    for (const { from, to } of stack.moved ?? []) this.#move(standInAddress(from), standInAddress(to));
    for (const { from } of stack.removed ?? []) this.#forget(standInAddress(from));
    const failing = [...this.#stack.keys()].filter((address) => fails?.test(address));
    if (fails !== undefined && failing.length !== 1) throw new Error(`${failing.length} match ${String(fails)}`);
    await this.run.write(stack, { fails: failing[0] });
    const { events, ok, problems } = await this.run.apply();
    if (ok !== (fails === undefined)) throw new Error(problems.join("\n"));
    const done: string[] = [];
    for (const event of events) {
      const what = this.#take(event);
      if (what === undefined) continue;
      done.push(what);
      const lost = [...this.problems().filter((problem) => !before.includes(problem)), ...this.#unserved(used)];
      // Nothing serves before all is there for the first time.
      if (before.length === 0 && lost.length > 0) throw new Error(`after ${done.join(", ")}:\n${lost.join("\n")}`);
    }
    if (ok) this.#seen();
    return done;
  }

  /** Kind and name of all that is there. */
  public names(kind: string): string[] {
    return this.#all(kind)
      .map(({ name }) => name)
      .sort();
  }

  public problems(): string[] {
    const deployments = this.#all("deployment_v1");
    if (this.#all("ingress_v1").length + this.#all("HTTPRoute").length === 0) return ["no route"];
    const routed = [
      ...this.#all("ingress_v1")
        .flatMap(({ body }) => list(body.spec?.rule))
        .flatMap(({ http }) => list(http?.path).map(({ backend }) => backend.service.name)),
      ...this.#all("HTTPRoute")
        .flatMap(({ body }) => list(body.spec?.rules))
        .flatMap(({ backendRefs }) => list(backendRefs).map(({ name }) => name)),
    ];
    return [
      ...[...deployments, ...this.#all("cron_job_v1")].flatMap((one) => this.#unread(one)),
      ...routed.flatMap((service) => this.#unreached(service, undefined)),
      ...deployments.flatMap((caller) =>
        calledBy(caller).flatMap((call) => this.#unreached(call.service, caller, call.port)),
      ),
    ];
  }

  /** `shop-web → shop-api`: each Deployment and the Services that its containers are told to call. */
  public calls(): string[] {
    return this.#all("deployment_v1")
      .flatMap((caller) => calledBy(caller).map(({ service }) => `${caller.name} → ${service}`))
      .sort();
  }

  /**
   * Throws where a policy lets a Deployment call another one whose address is not found in it. A check of what is called
   * that finds no addresses, because they are written in another way, would hold whatever happens.
   */
  #seen(): void {
    const deployments = this.#all("deployment_v1");
    const services = this.#all("service_v1");
    for (const caller of deployments) {
      const called = calledBy(caller).flatMap((call) => services.filter(({ name }) => name === call.service));
      for (const peer of this.#mayCall(caller, "workloads")) {
        const callees = deployments.filter((one) => one !== caller && selects(peer, labelsOf(one)));
        for (const callee of callees) {
          if (called.some(({ body }) => selects(body.spec?.selector, labelsOf(callee)))) continue;
          throw new Error(`${caller.name} may call ${callee.name}, and no address of it is found in ${caller.name}`);
        }
      }
    }
  }

  /** Labels of the pods that policies let a Deployment call: workloads, or servers of the cluster. */
  #mayCall(caller: Held, whom: "servers" | "workloads"): Labels[] {
    return this.#all("network_policy_v1")
      .filter(({ body }) => selects(body.spec?.pod_selector?.match_labels, labelsOf(caller)))
      .flatMap(({ body }) => list(body.spec?.egress))
      .flatMap(({ to }) => list(to))
      .filter(({ namespace_selector: namespace }) =>
        whom === "workloads"
          ? namespace === undefined
          : namespace?.match_labels?.["kubernetes.io/metadata.name"] === caller.body.metadata.namespace,
      )
      .flatMap(({ pod_selector: pods }) => (pods?.match_labels === undefined ? [] : [pods.match_labels]));
  }

  /** Which Deployment uses which server in the cluster, as policies say. */
  #used(): Used[] {
    return this.#all("deployment_v1").flatMap((caller) =>
      this.#mayCall(caller, "servers")
        .filter((server) => this.#serves(server))
        .map((server): Used => [caller, server]),
    );
  }

  /** Pods of the release before whose server is gone. */
  #unserved(used: readonly Used[]): string[] {
    const there = this.#all("deployment_v1");
    return used
      .filter(([caller, server]) => there.includes(caller) && !this.#serves(server))
      .map(([caller, server]) => `${caller.name} → ${JSON.stringify(server)}: no such server`);
  }

  #serves(server: Labels): boolean {
    const pods = ["deployment_v1", "stateful_set_v1"].flatMap((kind) => this.#all(kind)).map(labelsOf);
    const brokers = this.names("RabbitmqCluster").map(rabbitmqPodLabels);
    return [...pods, ...brokers].some((labels) => selects(server, labels));
  }

  #unread(pods: Held): string[] {
    const read = [
      ...containersOf(pods).flatMap((one) => list(one.env_from).map(({ config_map_ref: { name } }) => name)),
      ...list(templateOf(pods)?.spec.volume)
        .flatMap(({ config_map: map, projected }) => [
          ...list(map),
          ...list(projected).flatMap(({ sources }) => list(sources).flatMap((source) => list(source.config_map))),
        ])
        .map(({ name }) => name),
    ];
    const there = this.names("config_map_v1");
    return read
      .filter((one) => !there.includes(one))
      .map((one) => `${pods.name} reads ConfigMap ${one}, which is not there`);
  }

  /** `caller` is the route controller where it is left out; it goes by the name `http`. */
  #unreached(service: string, caller: Held | undefined, called?: number): string[] {
    const who = `${caller?.name ?? "the route"} → ${service}`;
    const found = this.#all("service_v1").find(({ name }) => name === service);
    if (found === undefined) return [`${who}: no such Service`];
    const ports = list(found.body.spec?.port);
    const target = called === undefined ? "http" : ports.find(({ port }) => port === called)?.target_port;
    if (target === undefined) return [`${who}: its Service has no port ${String(called)}`];
    const pods = this.#all("deployment_v1").filter((one) => selects(found.body.spec?.selector, labelsOf(one)));
    if (pods.length === 0) return [`${who}: nothing behind it`];
    return pods.flatMap((pod) => {
      const port = containersOf(pod)
        .flatMap((one) => list(one.port))
        .find(({ name }) => name === target)?.container_port;
      const own = caller && labelsOf(caller);
      return [
        ...(this.#lets(labelsOf(pod), "ingress", own, port) ? [] : [`${who}: its port ${String(port)} is closed`]),
        ...(own === undefined || this.#lets(own, "egress", labelsOf(pod), port)
          ? []
          : [`${who}: may not call port ${String(port)}`]),
      ];
    });
  }

  /** Whether a policy over the pods with these labels opens the port to the peer: to the route controller without one. */
  #lets(labels: Labels, direction: "egress" | "ingress", peer: Labels | undefined, port: number | undefined): boolean {
    return this.#all("network_policy_v1")
      .filter(({ body }) => selects(body.spec?.pod_selector?.match_labels, labels))
      .flatMap(({ body }) => list(body.spec?.[direction]))
      .filter(({ ports }) => list(ports).some((one) => String(one.port) === String(port)))
      .flatMap((rule) => list(direction === "egress" ? rule.to : rule.from))
      .some(({ pod_selector: pods, namespace_selector: namespace }) =>
        peer === undefined ? namespace !== undefined : namespace === undefined && selects(pods?.match_labels, peer),
      );
  }

  #all(kind: string): Held[] {
    return [...this.#held.values()].flat().filter((one) => one.kind === kind);
  }

  #move(from: string, to: string): void {
    const held = this.#held.get(from);
    if (held === undefined) return;
    this.#held.delete(from);
    this.#held.set(to, held);
  }

  /** Out of the state, and still there. */
  #forget(from: string): void {
    for (const [address, held] of [...this.#held]) {
      if (address !== from && !address.startsWith(`${from}[`)) continue;
      this.#held.delete(address);
      this.#held.set(`forgotten ${address}`, held);
    }
  }

  #take({ action, address }: Event): string | undefined {
    const held = this.#held.get(address) ?? [];
    const now = this.#stack.get(address);
    const [one] = action === "delete" ? held : [now];
    if (one === undefined) return undefined;
    if (action === "delete") this.#held.set(address, held.slice(1));
    else this.#held.set(address, action === "update" ? [...held.slice(0, -1), one] : [...held, one]);
    return `${action} ${one.kind} ${one.name}`;
  }
}

/** Of a stack, by the addresses of their stand-ins. */
function objectsOf({ resource = {} }: Stack): Map<string, Held> {
  return new Map(
    Object.entries(resource).flatMap(([type, all]) =>
      type.startsWith("kubernetes_")
        ? Object.entries(all).map(([id, block]): [string, Held] => {
            const manifest = block.manifest as (Body & { readonly kind: string }) | undefined;
            const body = manifest ?? (block as unknown as Body);
            const key = /\["([^"]*)"\]/.exec(String(block.for_each))?.[1];
            const address = standInAddress(`${type}.${id}${key === undefined ? "" : `["${key}"]`}`);
            const kind = manifest?.kind ?? type.replace("kubernetes_", "");
            return [address, { kind, name: body.metadata.name, body }];
          })
        : [],
    ),
  );
}

const templateOf = ({ body: { spec } }: Held): Template | undefined =>
  spec?.template ?? spec?.job_template?.spec.template;

const labelsOf = (pods: Held): Labels => templateOf(pods)?.metadata.labels ?? {};

const containersOf = (pods: Held): readonly Container[] => list(templateOf(pods)?.spec.container);

/** Services and their ports whose addresses a Deployment's containers are told. */
const calledBy = (pods: Held): { readonly service: string; readonly port: number }[] =>
  containersOf(pods)
    .flatMap((one) => list(one.env))
    .flatMap(({ value }) => {
      const [, service, port] = /^(?:https?:\/\/)?([a-z][a-z0-9-]*):(\d+)$/.exec(value ?? "") ?? [];
      return service === undefined ? [] : [{ service, port: Number(port) }];
    });

const selects = (select: Labels | undefined, labels: Labels): boolean =>
  select !== undefined && Object.entries(select).every(([name, value]) => labels[name] === value);

function list<T>(given: Some<T>): readonly T[] {
  if (given === undefined) return [];
  return isList(given) ? given : [given];
}

const isList = <T>(given: T | readonly T[]): given is readonly T[] => Array.isArray(given);
