import { fitName } from "./names";
import type { Access } from "./workload";

/**
 * How a service gets a user for each workload that needs it: a program run in the cluster with the administrator's
 * password. It may be run any number of times and never shows a password. With the argument `make` it runs before
 * anything of a release starts, and makes users and their passwords what they should be; with `retire` when all of the
 * release has replaced what was there, and takes away the users that nothing needs any more.
 *
 * It finds the variables `HOST` and `PORT`, each of `parts` in capitals (`virtualHost` → `VIRTUAL_HOST`), `CA_BUNDLE`
 * where the server's certificate needs one, and these files: see `LOGIN_FILES`. A user whose name ends in `READER_SUFFIX`
 * gets rights to read alone.
 */
export interface UserSetup {
  /** Has a POSIX shell and the service's client. */
  readonly image: string;
  /** Run by `sh`. */
  readonly script: string;
  /**
   * The same program where one of the users is `MEASURING_USER`, who gets no rights: another text, so that nothing changes where
   * nobody measures. @default - `script` knows it
   */
  readonly measuringScript?: string;
  /** Plain parts of the connection that the program needs beside `host` and `port`. */
  readonly parts: readonly string[];
  /**
   * Whether each generation of passwords has users of its own, for a server that keeps one password of a user: `app.backend`, and
   * `app.backend.v2` after `passwords: 2`. Pods of before are restarted when the release is through, so that the program finds in the
   * variable `SPARED`, with spaces between them, the users of the generations beside this one: `retire` leaves them in.
   * @default false - a user has its password changed, and the server lets in with the one of before as well
   */
  readonly renewed?: true;
  /**
   * The program for a service that was imported, which others use as well: other texts, so that nothing changes where the service was
   * made. @default - the same
   */
  readonly imported?: Pick<UserSetup, "script" | "measuringScript">;
}

/** Folder of the files with names and passwords: nothing secret is in a variable, which `ps` and crash reports show. */
export const LOGIN_PATH = "/etc/goldenpath/login";

/** Files in that folder. A user's password is in `user.<name>`. */
export const LOGIN_FILES = {
  adminName: "admin.username",
  adminPassword: "admin.password",
  user: (username: string): string => `user.${username}`,
} as const;

/** Begins the name of every user the program makes: what has it and is needed no more, the program takes away. */
export const USER_PREFIX = "app.";

/** Ends the name of a user that may only read. No workload's name has a dot. */
export const READER_SUFFIX = ".read";

/** MySQL takes 32 characters of a user name. */
const MAX_USER = 32;

/**
 * The user of a workload. Another one where it may only read: what changes rights is a change of users, so that pods of before
 * keep theirs until they are gone.
 *
 * @param generation of the passwords, where each has users of its own. The first is in no name
 */
export function serviceUser(workload: string, access: Access = "write", generation = 1): string {
  const end = (generation === 1 ? "" : `.v${generation}`) + (access === "write" ? "" : READER_SUFFIX);
  return fitName([USER_PREFIX + workload], { max: MAX_USER - end.length }) + end;
}

/** The Jobs of `orders-db`, beside the workloads of the application: `orders-db-users` and `orders-db-retire`. */
export const USERS_JOBS = {
  make: (service: string): string => `${service}-users`,
  retire: (service: string): string => `${service}-retire`,
} as const;

export type UsersTask = keyof typeof USERS_JOBS;
