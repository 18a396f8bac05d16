import { answerAt, failed, missingIn, NotUnderstood, passed, textOf, unclear } from "./answers";
import type { Answer, Check, Need, Words } from "./check";
import { madeIn, objectsOf, textAt, type WrittenStack } from "./stacks";

/** A name as it is compared: without the dot that ends it, and in small letters. */
export const plainName = (name: string): string => name.trim().toLowerCase().replace(/\.$/, "");

/** The answer with its status: the short form says nothing, and ends well, where a server fails, refuses, or has no such name. */
const dig = (type: string, name: string): Words => [
  ...["dig", "+noall", "+comments", "+answer", "+time=5", "+tries=2"],
  ...[type, `${name}.`],
];

interface DnsRecord {
  readonly type: string;
  readonly value: string;
}

/** What a resolver answered: its last word, and the records of the type that was asked for. */
interface DnsAnswer {
  /** `NOERROR`, `NXDOMAIN` */
  readonly status: string;
  readonly values: readonly string[];
}

const STATUS = /^;; ->>HEADER<<- .*\bstatus: (\w+)/;
const RECORD = /^\S+\s+\d+\s+IN\s+(\S+)\s+(.+)$/;

function recordIn(line: string): DnsRecord {
  const [, type, value] = RECORD.exec(line) ?? [];
  if (type === undefined || value === undefined) {
    throw new NotUnderstood(`${JSON.stringify(line.slice(0, 80))} is no record`);
  }
  return { type, value };
}

/** Aliases on the way are followed by the resolver, and are none of the type. @throws NotUnderstood where there is no answer */
function dnsAnswer(answer: Answer, type: string): DnsAnswer {
  const lines = textOf(answer)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const status = lines.map((line) => STATUS.exec(line)?.[1]).findLast((one) => one !== undefined);
  if (status === undefined) {
    // Such as a server that is silent.
    const said = lines.find((line) => line.startsWith(";"))?.replace(/^;+\s*/, "");
    throw new NotUnderstood(said?.slice(0, 120) ?? "the answer has no status");
  }
  const records = lines.filter((line) => !line.startsWith(";")).map(recordIn);
  return { status, values: records.filter((one) => one.type === type).map(({ value }) => value) };
}

/** How a cloud is asked for the servers of a zone. */
export interface ZoneServers {
  /** `staging.example.com` */
  readonly zone: string;
  readonly ask: Words;
  /** Reads the names of its servers. @throws NotUnderstood */
  readonly servers: (answer: Answer) => readonly string[];
  readonly needs: readonly Need[];
  readonly after: readonly string[];
}

/** Whether who asks for names in a zone is sent to the servers that the cloud has for it. */
export function delegated({ zone, ask, servers, needs, after }: ZoneServers): Check {
  return {
    id: `dns/delegated/${zone}`,
    kind: "dns",
    holds: `${zone} is delegated to the servers of its zone, so that records made there are found`,
    needs,
    ask: [ask, dig("NS", zone)],
    passes: "the NS records that are found are exactly the servers that the zone has",
    otherwise: {
      say: `write NS records with the servers of the zone where the domain above ${zone} is kept, or at its registrar`,
      run: [],
    },
    source: "https://www.rfc-editor.org/rfc/rfc1034#section-4.2.1",
    after,
    judge: (answers) => {
      const own = servers(answerAt(answers, 0)).map(plainName).sort();
      const { status, values } = dnsAnswer(answerAt(answers, 1), "NS");
      const found = values.map(plainName).sort();
      if (own.length === 0) throw new NotUnderstood("the zone has no servers");
      // A resolver fails for all the world where the servers that it is sent to have no such zone.
      if (found.length === 0) return failed(`no NS records are found: ${status}`);
      if (status !== "NOERROR") throw new NotUnderstood(`the resolver answers ${status}`);
      const [missing, others] = [missingIn(own, found), missingIn(found, own)];
      if (missing.length === 0 && others.length === 0) return passed(found.join(", "));
      return failed(`found ${found.join(", ")}, and the zone has ${own.join(", ")}`);
    },
  };
}

const SERVER = /^https:\/\/[\w.-]*letsencrypt\.org\//;
/** What stands in a CAA record for Let's Encrypt. */
const ISSUER = "letsencrypt.org";

/** Whether certificates of routes come from Let's Encrypt. */
export const isLetsEncrypt = (stacks: readonly WrittenStack[]): boolean =>
  madeIn(stacks)
    .flatMap(objectsOf)
    .some(({ kind, body }) => kind === "ClusterIssuer" && SERVER.test(textAt(body, "spec", "acme", "server") ?? ""));

/** A name and each above it, but for the last, which is everybody's: `a.example.com` and `example.com`. */
function upwards(host: string): string[] {
  const parts = host.split(".");
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
}

const CAA = /^(\d+) ([a-z0-9]+) "([^"]*)"$/i;

interface CaaRecord {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

/** Let's Encrypt takes the lowest bit for the critical one too, as many have written it so. */
const CRITICAL = 128 | 1;

/** What Let's Encrypt reads: a critical record of another kind stops it. */
const KNOWN_TAGS = ["issue", "issuewild", "iodef", "issuemail"];

/** @throws NotUnderstood where a resolver fails: Let's Encrypt signs nothing then */
function caaRecords(answer: Answer): CaaRecord[] {
  const { status, values } = dnsAnswer(answer, "CAA");
  if (status !== "NOERROR" && status !== "NXDOMAIN") {
    throw new NotUnderstood(`the resolver answers ${status}, with which Let's Encrypt signs nothing`);
  }
  return values.map((text) => {
    const [, flags, tag = "", value = ""] = CAA.exec(text) ?? [];
    if (flags === undefined) throw new NotUnderstood(`${JSON.stringify(text.slice(0, 80))} is no CAA record`);
    return { critical: (Number(flags) & CRITICAL) !== 0, tag: tag.toLowerCase(), value };
  });
}

/** Whether Let's Encrypt may sign for a host: the first name upwards that has records of this kind decides. */
export function mayIssue(host: string, needs: readonly Need[]): Check {
  const names = upwards(host);
  return {
    id: `dns/caa/${host}`,
    kind: "dns",
    holds: `CAA records let Let's Encrypt sign a certificate for ${host}`,
    needs,
    ask: names.map((name) => dig("CAA", name)),
    passes: `the first of ${names.join(", ")} that has CAA records has none with issue, or one with issue "${ISSUER}"`,
    otherwise: { say: `add a record to the name that has them: 0 issue "${ISSUER}"`, run: [] },
    source: "https://letsencrypt.org/docs/caa/",
    after: [],
    judge: (answers) => {
      const all = names.map((name, index) => ({ name, records: caaRecords(answerAt(answers, index)) }));
      const decides = all.find(({ records }) => records.length > 0);
      if (decides === undefined) return passed("no name has one, so that everybody may");
      const { name, records } = decides;
      const odd = records.find(({ critical, tag }) => critical && !KNOWN_TAGS.includes(tag));
      if (odd !== undefined) return unclear(`${name} has a critical record of the unknown kind ${odd.tag}`);
      const issuers = records.filter(({ tag }) => tag === "issue").map(({ value }) => value);
      if (issuers.length === 0) return passed(`records of ${name} say nothing of issue`);
      const ours = issuers.filter((value) => plainName(value.split(";")[0] ?? "") === ISSUER);
      if (ours.length === 0) return failed(`${name} lets ${issuers.join(", ") || "nobody"} alone`);
      // Parameters may bind it to one account, or one way to prove a name.
      const bare = ours.some((value) => !value.includes(";"));
      return bare
        ? passed(`${name} names ${ISSUER}`)
        : unclear(`${name} names ${ISSUER} with conditions: ${ours.join(", ")}`);
    },
  };
}
