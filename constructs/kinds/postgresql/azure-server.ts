import { type ConnectionLimits, type DiskLimits, gibibytes, type MachineForm } from "../../clouds";
import type { ImportedEngine } from "../../clouds/azure";
import type { ResolvedSizing, Size } from "../../services";

/* Numbers of Azure Database for PostgreSQL, flexible server. */

/** Its servers answer there alone, their private endpoints too. */
export const PORT = 5432;

/** Private zone of its endpoints, as Azure gives it. */
export const ZONE = "privatelink.postgres.database.azure.com";

/** Servers as they are imported. */
export const ENGINE: ImportedEngine = {
  title: "PostgreSQL",
  cli: "postgres",
  type: "Microsoft.DBforPostgreSQL/flexibleServers",
  domain: "postgres.database.azure.com",
  resources: {
    server: "azurerm_postgresql_flexible_server",
    database: "azurerm_postgresql_flexible_server_database",
  },
  hasEndpoint: true,
  standbyFollows: true,
  // Azure says it of replicas alone.
  replica: { attribute: "source_server_id", isNot: "" },
  encoding: "UTF8",
  mayRefusePasswords: true,
};

/** `admin` and `root` are Azure's own. */
export const ADMINISTRATOR = "dbadmin";

/** vCPU and GiB: 2/4, 2/8, 4/16, 8/32. The first is of the burstable tier, which has no standby. */
export const SKUS: Readonly<Record<Size, string>> = {
  small: "B_Standard_B2s",
  medium: "GP_Standard_D2ads_v5",
  large: "GP_Standard_D4ads_v5",
  xlarge: "GP_Standard_D8ads_v5",
};

export const MACHINE: MachineForm = {
  form: /^(B|GP|MO)_Standard_[A-Z][A-Za-z0-9_]{1,30}$/,
  example: "MO_Standard_E4ads_v5",
};

export const isBurstable = (sku: string): boolean => sku.startsWith("B_");

/**
 * Connections that a server of each takes, as Azure reckons when it makes one: told, as it leaves the number where it is when the
 * machine becomes another.
 * https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-limits#maximum-connections
 */
export const MAX_CONNECTIONS: ConnectionLimits = { small: 429, medium: 859, large: 1718, xlarge: 3437 };

/** Those that Azure keeps for itself. */
const RESERVED = 15;

export const AZURE_CONNECTIONS: ConnectionLimits = {
  small: MAX_CONNECTIONS.small - RESERVED,
  medium: MAX_CONNECTIONS.medium - RESERVED,
  large: MAX_CONNECTIONS.large - RESERVED,
  xlarge: MAX_CONNECTIONS.xlarge - RESERVED,
};

const MIB_IN_GIB = 1024;

/** Disks that Azure sells, in MiB: azurerm takes no other numbers. */
const DISKS = [
  ...[32_768, 65_536, 131_072, 262_144, 524_288, 1_048_576, 2_097_152, 4_193_280],
  ...[8_388_608, 16_777_216, 33_553_408],
] as const;

const LARGEST = 33_553_408;

/** What an environment may ask for: it gets the next disk that there is. */
export const STORAGE: DiskLimits = { of: "a PostgreSQL flexible server", min: 1, max: LARGEST / MIB_IN_GIB };

/** MiB of the disk that there is for what is asked for. */
export function diskMib(storage: ResolvedSizing["storage"]): number {
  const wanted = gibibytes(storage) * MIB_IN_GIB;
  return DISKS.find((disk) => disk >= wanted) ?? LARGEST;
}

/** The same in GiB. */
export const diskGib = (storage: ResolvedSizing["storage"]): number => diskMib(storage) / MIB_IN_GIB;

/** GiB beyond which a disk is made larger by people alone, who let the server stop for it. */
const BORDER = 4095;

/**
 * GiB that Azure makes a disk larger to by itself.
 * https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage#storage-autogrow-premium-ssd
 */
export const growsTo = (storage: ResolvedSizing["storage"]): number =>
  diskGib(storage) <= BORDER ? BORDER : STORAGE.max;

/** Fewest days that Azure keeps. */
const LEAST_DAYS = 7;

/** Days of which any second can be had back. */
export const keptDays = ({ backupDays }: Pick<ResolvedSizing, "backupDays">): number =>
  Math.max(backupDays, LEAST_DAYS);
