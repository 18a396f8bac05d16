import { answerAt, failed, missingIn, NotUnderstood, passed, textOf, unclear } from "./answers";
import type { Answer, Check, Need, Words } from "./check";
import { madeIn, objectsOf, textAt, type WrittenStack } from "./stacks";

/** A name as it is compared: without the dot that ends it, and in small letters. */
export const plainName = (name: string): string => name.trim().toLowerCase().replace(/\.$/, "");

const dig = (type: string, name: string): Words => ["dig", "+short", "+time=5", "+tries=2", type, `${name}.`];

/** Lines of an answer. `dig` begins with semicolons what is none, such as a server that is silent. */
function linesOf(answer: Answer): readonly string[] {
  const lines = textOf(answer)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const odd = lines.find((line) => line.startsWith(";"));
  if (odd !== undefined) throw new NotUnderstood(odd.replace(/^;+\s*/, "").slice(0, 120));
  return lines;
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
      const found = linesOf(answerAt(answers, 1)).map(plainName).sort();
      if (own.length === 0) throw new NotUnderstood("the zone has no servers");
      if (found.length === 0) return failed("no NS records are found");
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

interface Record {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

/** CAA records among the lines; a line of another form is an alias, which `dig` prints and follows. */
const recordsIn = (answer: Answer): Record[] =>
  linesOf(answer).flatMap((line) => {
    const [, flags, tag = "", value = ""] = CAA.exec(line) ?? [];
    if (flags !== undefined) return [{ critical: Number(flags) >= 128, tag: tag.toLowerCase(), value }];
    if (/^[\w.-]+\.$/.test(line)) return [];
    throw new NotUnderstood(`${JSON.stringify(line.slice(0, 80))} is no CAA record`);
  });

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
      const all = names.map((name, index) => ({ name, records: recordsIn(answerAt(answers, index)) }));
      const decides = all.find(({ records }) => records.length > 0);
      if (decides === undefined) return passed("no name has one, so that everybody may");
      const { name, records } = decides;
      const known = ["issue", "issuewild", "iodef", "issuemail", "issuevmc", "contactemail", "contactphone"];
      const odd = records.find(({ critical, tag }) => critical && !known.includes(tag));
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
