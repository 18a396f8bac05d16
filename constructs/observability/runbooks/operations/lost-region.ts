import { type CopyElsewhere, isCopied, type NoCopyElsewhere } from "../../../model/elsewhere";
import { outOfBandSecrets } from "../../../model/out-of-band";
import { ownHoldings } from "../../../model/validate/elsewhere";
import { affectedByWorkloads } from "../impact";
import { code, listed } from "../in-words";
import type { Beside, CopiedElsewhere, Operated } from "../operated";
import type { Step } from "../page";
import type { Operation } from "./operation";

const everybody = ({ application }: Operated): string[] => application.workloads.map(({ name }) => name);

const becomes = (region: string, copy: CopyElsewhere | NoCopyElsewhere): string =>
  isCopied(copy) ? `a copy is in ${region}: ${copy.by}. Lost is: ${copy.lost}.` : `lost with the region: ${copy.none}.`;

/** What is in the second region, and what is lost. */
const copied = ({ application }: Operated, { region, copy }: CopiedElsewhere): string[] =>
  ownHoldings(application).map((holding) => `${code(holding)}: ${becomes(region, copy(holding))}`);

const NOTHING_ELSEWHERE = [
  "No service of the cloud answers in the region of this environment. Cluster, data, copies of data, secrets and the state of the stacks are all there, and nothing of them is anywhere else.",
];

/** Steps that make an environment in another region, up to where its services are there and empty. */
function madeThere(operated: Operated, beside: Beside): Step[] {
  const { application } = operated;
  const { elsewhere, platformSecrets, stacks } = beside;
  const secrets = [...outOfBandSecrets(application), ...(application.registries?.logins ?? []), ...platformSecrets];
  return [
    elsewhere === undefined
      ? {
          say: "To serve without the data, or with data from elsewhere: make an environment of another name in another region, from a copy of this one's file with a network block of its own. Under the same name it would want this one's state. Check it, and see what it needs.",
          run: ["npx cdktf synth", "npx goldenpath capacity"],
        }
      : {
          say: `Make an environment ${code(elsewhere.there.environment)} in ${elsewhere.region}, where the copies are, from a copy of this one's file with a network block of its own and without its ${code("backups")}, or with another region in them. Under the same name it would want this one's state. Leave this one in the program as it is: no plan of it touches the copies. Check it, and see what it needs.`,
          run: ["npx cdktf synth", "npx goldenpath capacity"],
        },
    ...(secrets.length === 0
      ? []
      : [
          {
            say: `People make its secrets again, under its own name: ${listed(secrets.map(({ name }) => code(name)))}. A plan says the command for each that is missing. Passwords of data services are generated anew.`,
          },
        ]),
    {
      say: `Deploy its stacks in the order in which this one's came: ${listed(stacks.map(code))}. Its data services are empty.`,
    },
  ];
}

/** Everything in the region is gone. */
export function lostRegion(operated: Operated, beside: Beside): Operation {
  const { application } = operated;
  const { cloud, elsewhere, stacks } = beside;
  return {
    file: "lost-region",
    title: "The region is lost",
    alerts: ["WorkloadDown"],
    meaning: [
      ...(elsewhere === undefined
        ? NOTHING_ELSEWHERE
        : [
            `No service of the cloud answers in the region of this environment. Cluster, secrets and the state of the stacks are there and nowhere else. Of data there are copies in ${elsewhere.region}, each as its line says.`,
            ...copied(operated, elsewhere),
          ]),
      "In the repository and outside of the region: the model, the images if their registry is elsewhere, and what people know of the secrets.",
      ...stacks
        .filter((stack) => !stack.startsWith("state-"))
        .map((stack) => `State of ${code(stack)}: ${cloud.state(stack).place}.`),
    ],
    impact: [
      ...affectedByWorkloads(operated, everybody(operated)),
      elsewhere === undefined
        ? "Data come back with the region, or not at all: no copy of them leaves it."
        : `Data come back with the region, or from their copies in ${elsewhere.region}, as old as these are.`,
    ],
    diagnosis: [
      {
        steps: [
          {
            say: "The provider's own page of its status comes first: mostly a service is ill, and no region lost. Then what still answers from here.",
            run: [...(cloud.cluster ?? []), ...cloud.state(application.stackName).versions],
          },
          ...(elsewhere?.operations.arrive ?? []),
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: "Deploy nothing to this environment while the region is ill: a plan that reads half of it plans half of it anew.",
          },
          ...madeThere(operated, beside),
          ...(elsewhere === undefined
            ? []
            : [
                {
                  say: "What follows brings the copies into it. Nobody has run these commands against a cloud from here: try them in an environment without users before you need them, and measure how long they take.",
                },
                ...elsewhere.operations.bring,
              ]),
          {
            say: "The names of hosts go with it: take them out of this environment's file, or both write the same record as soon as the region answers.",
          },
          { say: `What stays taken. ${cloud.taken.join(" ")}` },
          {
            say: "When the region is back: look at each plan of this environment before anything is applied. What both have written since has to be brought together by people, by what the application knows.",
            run: stacks.map((stack) => `npx cdktf diff ${stack}`),
          },
        ],
      },
    ],
  };
}
