import { parameterRules } from "../parameter-rules";

/* Parameters of one environment's caches, beside what this program sets. */

const BY_US = "follows from how the server is made";
const PASSWORDS = "who signs in is the edge's matter";
const KEPT = "what is kept on disk is the same for every cache of a place";

/** Refused, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  "maxmemory-policy": 'is the application\'s to say: redis({ eviction: "allkeys-lru" })',
  maxmemory: "follows from size",
  "maxmemory-gb": "follows from size",
  // By both names where Valkey has two: https://github.com/valkey-io/valkey/blob/8.1/src/config.c
  ...Object.fromEntries(
    ["aclfile", "masterauth", "masteruser", "primaryauth", "primaryuser", "requirepass", "user"].map((name) => [
      name,
      PASSWORDS,
    ]),
  ),
  // Under another name the server finds nothing of what it kept, and starts empty.
  ...Object.fromEntries(
    ["appenddirname", "appendfilename", "appendfsync", "appendonly", "dbfilename", "dir", "save"].map((name) => [
      name,
      KEPT,
    ]),
  ),
  ...Object.fromEntries(
    [
      ...["bind", "cluster-enabled", "daemonize", "include", "loadmodule", "logfile", "pidfile", "port"],
      ...["protected-mode", "replicaof", "slaveof", "supervised", "unixsocket"],
    ].map((name) => [name, BY_US]),
  ),
};

export const OWN_PARAMETERS = parameterRules({
  name: /^[a-z][a-z0-9-]{1,63}$/,
  noName: { why: "no name of a parameter", fix: "use small letters, digits and hyphens" },
  // One word in a file, on a command line and in the APIs of the clouds.
  value: /^[\w.:-]{1,255}$/,
  valueFix: "use up to 255 letters, digits and . : - _",
  reason: (name) => (Object.hasOwn(REFUSED, name) ? REFUSED[name] : name.startsWith("tls-") ? BY_US : undefined),
  refusedFix: "remove it",
});
