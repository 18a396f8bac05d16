import type { ComposeService, Dependency, Published } from "./document";

/** The network of an application, bridged to the machine's. */
export const NETWORK = "app-network";

/** Membership of the one network, by the service's name and perhaps others. */
export const onNetwork = (aliases: readonly string[] = []): Pick<ComposeService, "networks"> => ({
  networks: aliases.length === 0 ? [NETWORK] : { [NETWORK]: { aliases } },
});

/** Port for this machine alone, as the passwords in the file are known to everybody. */
export const published = (port: number, variable: string, alone = true): Published =>
  alone ? { port, variable } : { port };

/** A program that became root by a file's bit would be another one than in a cluster. */
export const NO_NEW_PRIVILEGES = ["no-new-privileges:true"] as const;

/** What a container of a cluster may: nothing but run. */
export const CONFINED: Pick<ComposeService, "cap_drop" | "security_opt"> = {
  cap_drop: ["ALL"],
  security_opt: NO_NEW_PRIVILEGES,
};

export const HEALTHY: Dependency = { condition: "service_healthy" };
export const COMPLETED: Dependency = { condition: "service_completed_successfully" };
