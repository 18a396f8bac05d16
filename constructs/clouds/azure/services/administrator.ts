import type { PartSource } from "../../../model/connection";
import { type ResolvedSizing, type Service, WEEKDAYS } from "../../../model/service";
import { nameParts } from "../../shared/provisioner";
import { EphemeralSecret } from "../ephemeral-secret";
import { generatePassword, passwordPart } from "../secret-store";
import type { AzureRequest } from "./provisioner";
import { place } from "./users";

/** The first user of a server: what the server is told, and how the Job that makes the workloads' users signs in. */
export interface Administrator {
  readonly settings: {
    /** `undefined`: the server was there, and has one. */
    readonly administratorLogin: string | undefined;
    /** What the vault holds and nothing else: a run that fails between the two is put right by the next. */
    readonly administratorPasswordWo: string;
    readonly administratorPasswordWoVersion: number;
  };
  readonly login: Readonly<Record<"password" | "username", PartSource>>;
}

/**
 * Generates the password of a server's first user, which is kept in the vault and in no state. What that user is called on a server
 * that was there before, the server says: see `loginOf`.
 *
 * @param of whose it is, for people: `MySQL staging-my-app-db`
 */
export function createAdministrator(request: AzureRequest<Service>, username: string, of: string): Administrator {
  const { scope, sizing } = request;
  const isMade = sizing.imported === undefined;
  const secret = generatePassword(scope, "Administrator", {
    ...place(request),
    names: nameParts(request),
    description: isMade ? `Administrator ${username} of ${of}` : `Administrator of ${of}`,
    generation: sizing.passwords,
  });
  return {
    settings: {
      administratorLogin: isMade ? username : undefined,
      administratorPasswordWo: new EphemeralSecret(scope, "AdministratorPassword", { secret }).value,
      administratorPasswordWoVersion: sizing.passwords,
    },
    login: { username: { value: username }, password: passwordPart(secret) },
  };
}

/** Azure's window in UTC. Days are counted from Sunday, which is 0. */
export const maintenanceWindow = ({ maintenance }: Pick<ResolvedSizing, "maintenance">) =>
  maintenance === undefined
    ? { dayOfWeek: 0, startHour: 3, startMinute: 30 }
    : { dayOfWeek: (WEEKDAYS.indexOf(maintenance.day) + 1) % 7, startHour: maintenance.hour, startMinute: 0 };
