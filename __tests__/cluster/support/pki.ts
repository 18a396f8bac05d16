import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/* Keys and certificates of one control plane, made anew for each run: none is kept anywhere. */

/** A certificate and its key, as files. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export interface Pki {
  /** Signs whom the API server lets in, and the API server itself. */
  readonly authority: Identity;
  /** Signs the API server where it speaks to an aggregated API, and nobody else. */
  readonly aggregator: Identity;
  /** Signs etcd and its one client. */
  readonly store: Identity;
  /** Signs the tokens of service accounts. */
  readonly tokens: Identity;
  /** A certificate of one of the three authorities; `subject` as openssl reads it. */
  readonly issue: (signer: "authority" | "aggregator" | "store", name: string, subject: string) => Identity;
}

const AUTHORITY = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];

/** Servers and clients alike: everything is on the loopback interface. */
const MEMBER = [
  "basicConstraints=critical,CA:FALSE",
  "keyUsage=critical,digitalSignature",
  "extendedKeyUsage=serverAuth,clientAuth",
  "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc,DNS:metrics.kube-system.svc",
];

export function makePki(folder: string): Pki {
  mkdirSync(folder, { recursive: true });
  const make = (name: string, subject: string, extensions: readonly string[], signer?: Identity): Identity => {
    const made = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
    const args = [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", subject, "-keyout", made.key, "-out", made.certificate],
      ...(signer === undefined ? [] : ["-CA", signer.certificate, "-CAkey", signer.key]),
      ...extensions.flatMap((extension) => ["-addext", extension]),
    ];
    execFileSync("openssl", args, { stdio: "pipe" });
    return made;
  };
  const signers = {
    authority: make("authority", "/CN=authority", AUTHORITY),
    aggregator: make("aggregator", "/CN=aggregator", AUTHORITY),
    store: make("store", "/CN=store", AUTHORITY),
  };
  const tokens = make("tokens", "/CN=tokens", MEMBER);
  return { ...signers, tokens, issue: (signer, name, subject) => make(name, subject, MEMBER, signers[signer]) };
}

/** Who may do everything. */
export const ADMINISTRATORS = "/O=system:masters";

/** What `kubectl`, Helm and the programs of a control plane read; JSON is YAML. */
export function kubeconfig(server: string, { authority }: Pki, user: Identity): string {
  const data = (file: string): string => readFileSync(file).toString("base64");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server, "certificate-authority-data": data(authority.certificate) } }],
    users: [
      {
        name: "test",
        user: { "client-certificate-data": data(user.certificate), "client-key-data": data(user.key) },
      },
    ],
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    "current-context": "test",
  });
}
