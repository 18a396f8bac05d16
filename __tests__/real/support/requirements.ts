import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/* Jest's global set-up: what is missing is said once and by name, not by fifty failures. */

const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Programs that the tests start, as a pattern where the version is part of the name, and the Debian package of each. */
const PROGRAMS: readonly (readonly [program: RegExp, debianPackage: string])[] = [
  [/^bwrap$/, "bubblewrap"],
  [/^busybox$/, "busybox"],
  [/^cgi-fcgi$/, "libfcgi-bin"],
  [/^nginx$/, "nginx"],
  [/^nsenter$/, "util-linux"],
  [/^php-fpm[\d.]+$/, "php-fpm"],
  [/^setpriv$/, "util-linux"],
];

export default function requirements(): void {
  const installed = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  const missing = PROGRAMS.filter(([program]) => !installed.some((name) => program.test(name)));
  const problems = missing.map(
    ([program, name]) => `${program.source.replace(/[$^]/g, "")}: not installed; it is in Debian's ${name}`,
  );
  if (process.getuid?.() !== 0) problems.push("this user: containers are made by root; run the tests as root");
  if (problems.length === 0) return;
  const script = join(".ci", "debian-packages");
  throw new Error(`npm run test:real cannot run here\n${problems.join("\n")}\n${script} installs all of them`);
}
