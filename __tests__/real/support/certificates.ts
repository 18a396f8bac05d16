import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SERVER_USER } from "./server";

/** Made anew for each run: no key is kept anywhere. */
export interface Certificates {
  /** PEM of what clients are told to trust: a stranger before the right authority, since bundles of clouds hold many. */
  readonly bundle: string;
  /** PEM of an authority that signed nothing here. */
  readonly stranger: string;
  /** Files of the server: its certificate with that of the intermediate authority, and its key. */
  readonly certificate: string;
  readonly key: string;
  /** Folder that is `/etc/ssl/certs` in an image whose system bundle knows the authority. */
  readonly systemBundle: string;
}

const AUTHORITY = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];

/** The server's certificate is for these names and no others; for none it has a common name alone, as Memorystore's has. */
export function makeCertificates(folder: string, names: readonly string[]): Certificates {
  mkdirSync(folder);
  const file = (name: string): string => join(folder, name);
  const make = (name: string, extensions: readonly string[], signer?: string): string => {
    const args = [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", `/CN=${name}`, "-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)],
      ...(signer === undefined ? [] : ["-CA", file(`${signer}.pem`), "-CAkey", file(`${signer}.key`)]),
      ...extensions.flatMap((extension) => ["-addext", extension]),
    ];
    execFileSync("openssl", args, { stdio: "pipe" });
    return readFileSync(file(`${name}.pem`), "utf8");
  };
  const stranger = make("stranger", AUTHORITY);
  const root = make("root", AUTHORITY);
  const intermediate = make("intermediate", AUTHORITY, "root");
  const subject = names.length === 0 ? [] : [`subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`];
  const server = make("server", ["basicConstraints=critical,CA:FALSE", ...subject], "intermediate");
  const certificate = file("server-chain.pem");
  writeFileSync(certificate, server + intermediate);
  const key = file("server.key");
  chownSync(key, SERVER_USER, SERVER_USER);
  return { bundle: stranger + root, stranger, certificate, key, systemBundle: makeSystemBundle(file("system"), root) };
}

/** As one file, and as a folder of hashes: programs read one or the other. */
function makeSystemBundle(folder: string, root: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, "root.pem"), root);
  execFileSync("openssl", ["rehash", folder], { stdio: "pipe" });
  writeFileSync(join(folder, "ca-certificates.crt"), root);
  return folder;
}
