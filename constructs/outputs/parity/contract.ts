/** What a workload is told, where it answers, and how it is asked for its health: in terms of no output. */
export interface WorkloadContract {
  /** Words in place of the image's entry point. @default - the image's own */
  readonly command?: readonly string[];
  /** Words in place of the image's arguments. @default - the image's own */
  readonly args?: readonly string[];
  readonly variables: Readonly<Record<string, VariableContract>>;
  /** Ports on which its own container listens. */
  readonly ports: readonly string[];
  /** `my-app-backend:80`: by which other workloads reach it. */
  readonly addresses: readonly string[];
  /** `my-app-backend:9090/TCP`: where others reach its ports by name. */
  readonly named: Readonly<Record<string, string>>;
  readonly checks: Readonly<Partial<Record<"liveness" | "readiness", CheckContract>>>;
  /** `legacy.example.com=10.0.0.5`: names that it finds without DNS. */
  readonly names: readonly string[];
  /** Paths of its volumes in its own container. */
  readonly mounts: readonly string[];
  /** Containers beside its own, each as a text of what it is told. */
  readonly containers: readonly string[];
  /** What controllers and people know it by. @default - nothing */
  readonly labels?: string;
  /** What makes it act in a cloud. @default - nothing: it cannot */
  readonly identity?: string;
  /** What chooses its place among several. @default - nothing */
  readonly placement?: string;
  /** @default - it runs all the time, or once */
  readonly schedule?: string;
}

/** A text that everybody may read, or a secret by its name. */
export type VariableContract = { readonly value: string } | { readonly secret: string };

export interface CheckContract {
  /** A command, or `GET :3000/readyz`. */
  readonly asks: string;
  readonly every: string;
  readonly timeout: string;
  readonly failures: number;
  /** How long after its start failures do not count, or nobody asks. */
  readonly start: string;
}
