import { sha256 } from "./sha256";

/** What Kubernetes accepts as a label value and DNS label; every name in the input has this form. */
export const NAME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** A full domain name in lower case; a top-level domain in another script is written in punycode. */
export const DOMAIN =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9](?:[a-z0-9-]{0,57}[a-z0-9])?)$/;

/** Longest name of a Kubernetes object that is also a DNS label or a label value. */
export const MAX_LABEL = 63;

/** A CronJob's name gets 11 characters appended for its Jobs. */
export const MAX_CRONJOB = 52;

/** A Job's name gets a revision of 9 characters appended. */
export const MAX_JOB = 54;

/**
 * Longest name of a service in the cluster. Its StatefulSet is called so, or so with `-server`, and the label with a
 * revision of that has 11 characters more.
 */
export const MAX_IN_CLUSTER = 45;

/** What the operator of RabbitMQ appends to a service's name for its Service of all nodes and for its StatefulSet. */
export const IN_CLUSTER_SUFFIXES = ["nodes", "server"] as const;

/** What follows a service's name in those of the CronJobs that copy it: a whole copy, and the log of changes where there is one. */
export const BACKUP_SUFFIXES = { whole: "backup", log: "log" } as const;

/** What follows a service's name in those of its claims. No workload and no volume has a dot in its name. */
export const CLAIM_SUFFIXES = { data: ".data", copies: ".copies" } as const;

/** A naming rule of one kind of cloud object, kept beside the code that creates it. */
export interface NameRule {
  /** Longest name accepted, in characters. */
  readonly max: number;
  /** Joins the parts. @default "-" */
  readonly separator?: "-" | "_" | "";
}

/**
 * Joins the parts to a name that fits the rule. Where it would be too long, the end is replaced by eight
 * hexadecimal digits of a hash of the whole, so two long names never meet and a name never depends on
 * anything but its parts.
 */
export function fitName(parts: readonly string[], rule: NameRule): string {
  const separator = rule.separator ?? "-";
  const whole = parts.join(separator);
  if (whole.length <= rule.max) return whole;
  const hash = sha256(whole).slice(0, 8);
  const head = whole.slice(0, rule.max - hash.length - separator.length).replace(/[-_]+$/, "");
  return `${head}${separator}${hash}`;
}

/** `my-app` in `production` with suffix `prod` → `my-app-prod`. */
export function namespaceName(application: string, suffix: string): string {
  return `${application}-${suffix}`;
}

/** Makes the name of a workload's objects of those of its application and of itself. */
export type WorkloadNaming = (application: string, workload: string) => string;

/** `my-app`, `backend` → `my-app-backend`: every object of a workload has this name or begins with it. */
export function workloadName(application: string, workload: string): string {
  return `${application}-${workload}`;
}

/** `my-app-sealed`: the SealedSecret of an application, and the Secret the controller makes of it. */
export function sealedName(application: string): string {
  return `${application}-sealed`;
}

/** `my-app-basic-auth-admins`: the Secret by which routes of an application ask for passwords. */
export const basicAuthName = (application: string, secret: string): string => `${application}-basic-auth-${secret}`;

/** `DATABASE_URL` → `database-url`: the key of a variable in the application's Secret. */
export function secretKey(variable: string): string {
  return variable.toLowerCase().replaceAll("_", "-");
}

/** Construct id of an application under its stack, and so the beginning of its addresses. cdktf has one name for itself. */
export const applicationScope = (application: string): string =>
  application === "backend" ? "backend-application" : application;

/** The three kinds of stack of an environment, and the one that keeps its Terraform state. */
export const stackNames = {
  cluster: (environment: string): string => `${environment}-cluster`,
  platform: (environment: string): string => `${environment}-platform`,
  /** One application's stack bears the environment's name, so that `cdktf deploy staging` is that application. */
  application: (environment: string, application: string, isDefault: boolean): string =>
    isDefault ? environment : `${application}-${environment}`,
  /** Stack of the state. Not `<environment>-state`: the glob `<environment>-*` must match the cluster and the platform only. */
  state: (environment: string): string => `state-${environment}`,
} as const;
