/** Add-ons of the platform that a cluster may have from somebody else: those that have no right in the cloud. */
export const INSTALLABLE = [
  "cert-manager",
  "keda",
  "metrics-server",
  "rabbitmq-cluster-operator",
  "reloader",
  "sealed-secrets",
] as const;

/**
 * What of the platform the cluster has from somebody else, and this program installs none of: these add-ons, or `"all"` that
 * `<env>-platform` would bring, the objects of the cloud among them. With `"all"` there is no such stack.
 */
export type Installed = "all" | readonly (typeof INSTALLABLE)[number][];

/** Whether somebody else has installed the add-on of this name. */
export const isInstalled = (installed: Installed | undefined, name: string): boolean =>
  installed === "all" || (installed ?? []).some((one) => one === name);
