import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { fieldsOf } from "../requests/fields";
import { dayAsked } from "../today";

/** Name of the schema for editors beside the requests, as the output `request-schema` writes it. */
const SCHEMA = "request.schema.json";

export const add: Command = {
  name: "add",
  summary: "write a file that asks for a database, bucket, queue, cache, domain or environment",
  description:
    "Writes <name>.yaml into the program's folder of requests, and prints what `goldenpath requests <name>` would. Overwrites\n" +
    "nothing, and writes nothing that would not fit into the program. What the policy refuses is written, and exits with 1.",
  words: {
    name: "word",
    usage: "<kind> <name>",
    description: "bucket, cache, database, domain, environment or queue; and the name of what is asked for",
    least: 2,
    most: 2,
  },
  options: {
    application: { value: "name", description: "that it is for" },
    reason: { value: "text", description: "what it is for, in a sentence for whoever decides" },
    "requested-by": { value: "who", description: "person or team who asks" },
    "used-by": { value: "workloads", description: "of a service: backend,cron:read" },
    data: { value: "class", description: "of a service: class of its data, of those that the policy names" },
    sizes: { value: "sizes", description: "of a server: staging=small,production=medium" },
    recovery: {
      value: "promises",
      description: "of a server: production=1h/4h, most that is lost and longest time until it is back",
    },
    version: { value: "version", description: "of a database or queue" },
    database: { value: "name", description: "of a database: its name in the server" },
    default: { description: "of a service: its variables have the plain names of the kind" },
    to: { value: "workload", description: "of a domain: who answers" },
    path: { value: "path", description: "of a domain: / if left out" },
    domains: {
      value: "domains",
      description: "of a domain: staging=a.example.com; of an environment: api=a.example.com",
    },
    template: { value: "name", description: "of an environment" },
    until: { value: "day", description: "last day on which it is needed" },
    json: JSON_OPTION,
  },
  exits: {
    done: "the file is written, and allowed or to be approved",
    wrong: "the file is written and refused; or it would not fit, and nothing was written",
  },
  async run(given, program) {
    const [kind = "", name = ""] = given.words;
    const day = dayAsked(undefined, process.env);
    const { requestText } = await import("../../constructs/requests/write-request.js");
    const { withRequest } = await import("../../stacks/requests/add.js");
    const { answerRequests } = await import("../../stacks/requests/answers.js");
    const { FORMATS } = await import("../../constructs/requests/formats.js");
    const environments = await program.environments();
    const fields = fieldsOf(given);
    const added = withRequest(environments, name, (folder) => {
      const hasSchema = existsSync(join(resolve(program.root, folder), SCHEMA));
      return requestText({ request: kind, name, fields }, hasSchema ? `./${SCHEMA}` : undefined);
    });
    const path = resolve(program.root, added.file);
    if (existsSync(path)) throw new Refused(`${added.file}: is there already; change it, or give another name`);
    const answers = answerRequests({ environments: added.environments, names: [name], today: day });
    mkdirSync(join(path, ".."), { recursive: true });
    write(path, added.file, added.text);
    const json = given.flags.has("json");
    process.stdout.write(json ? FORMATS.json(answers) : `wrote ${added.file}\n\n${FORMATS.text(answers)}`);
    return answers.some(({ decision }) => decision.is === "refused") ? EXIT.wrong : EXIT.done;
  },
};

/** Makes the file, and never writes over one that somebody made in between. */
function write(path: string, file: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "";
    if (reason === "EEXIST") throw new Refused(`${file}: is there already; change it, or give another name`);
    throw new Refused(`${file}: cannot be written (${reason}); make the folder one that you may write to`);
  }
}
