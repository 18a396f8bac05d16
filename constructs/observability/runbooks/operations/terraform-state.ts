import { code } from "../in-words";
import type { Beside } from "../operated";
import type { Section, Step } from "../page";
import type { Operation } from "./operation";

export const terraformIn = (stack: string): string => `terraform -chdir=cdktf.out/stacks/${stack}`;

/** Folders of stacks with what Terraform needs in them. */
export const prepared = (stacks: readonly string[]): Step => ({
  say: "From the commit that was deployed last: write the stacks' folders, and let Terraform find their state. It changes nothing.",
  run: ["npx cdktf synth", ...stacks.map((stack) => `${terraformIn(stack)} init -input=false`)],
});

/** The state of each stack: who has locked it, and the versions it had. */
export function terraformState({ cloud, stacks }: Beside): Operation {
  const ours = stacks.filter((stack) => !stack.startsWith("state-"));
  const own = stacks.filter((stack) => !ours.includes(stack));
  const states = ours.map((stack) => ({ stack, ...cloud.state(stack) }));
  return {
    file: "terraform-state",
    title: "Terraform state is locked, spoilt or lost",
    alerts: [],
    meaning: [
      "A plan stops at `Error acquiring the state lock`: somebody is at work, or was and ended without giving it back.",
      "A plan wants to create what is there already: the state is empty or older than what was made.",
      ...states.map(({ stack, place }) => `${code(stack)}: ${place}.`),
      ...own.map(
        (stack) =>
          `${code(stack)}: the file ${code(`terraform.${stack}.tfstate`)} beside ${code("cdktf.json")} of whoever deployed it first, until ${code("stateIn")} of the environment moves it to the others. It makes the place of the others and nothing else.`,
      ),
    ],
    impact: [
      "Nothing that runs notices. Nobody can deploy the stack until it is mended, and what is applied with a wrong state can be made twice or be deleted.",
    ],
    diagnosis: [
      {
        steps: [
          {
            say: "Who holds the lock, since when, and for what: `Who` is a person's machine or a runner. Where nobody does, the command finds nothing.",
            run: states.flatMap(({ holder }) => holder),
          },
          prepared(ours),
          {
            say: "How many resources the state has: none of a stack that is deployed is a lost state.",
            run: ours.map((stack) => `${terraformIn(stack)} state list | wc -l`),
          },
        ],
      },
    ],
    mitigation: [
      ...states.map(({ stack, lockId }): Section => ({
        about: `${stack} is locked`,
        steps: [
          {
            say: "Ask who holds it, and look that their process or pipeline is over: two that write at once spoil the state.",
          },
          lockId === undefined
            ? { say: "The lock is the process' own and ends with it; there is nothing to force." }
            : {
                say: "Only then take it away, by the name that the lock has now. Terraform asks once more.",
                run: [...lockId, `${terraformIn(stack)} force-unlock "$LOCK"`],
              },
        ],
      })),
      ...states.map(({ stack, fetch, previous, versions }): Section => {
        const file = `${stack}.older.tfstate`;
        return {
          about: `${stack} is spoilt or lost`,
          steps: [
            {
              say: "First, an apply that could not write its state at the end left it in a file: that is the newest there is, and better than any older one. Where it is there, put that back and stop here: [a deploy stopped half-way](half-applied-deploy.md).",
              run: [`ls -l cdktf.out/stacks/${stack}/errored.tfstate`],
            },
            {
              say: "Its versions; the command takes the newest that is not in force. Where that is spoilt too, take one by its time. It may hold secrets: delete the file in the end.",
              run: [
                ...versions,
                ...(previous === undefined ? [] : [previous, String.raw`printf '%s\n' "$VERSION"`]),
                ...fetch(file),
              ],
            },
            {
              say: "Put it back, and keep what is there now beside it. The older one has a lower number, which only `-force` accepts.",
              run: [
                `${terraformIn(stack)} state pull | tee ${stack}.now.tfstate | wc -c`,
                `${terraformIn(stack)} state push -force "$PWD/${file}"`,
                `npx cdktf diff ${stack}`,
              ],
            },
            {
              say: "What was made since that version is in the plan as something to create. Import each, at the address that the plan names and with the id that the cloud has, before anybody applies: an apply would stop at `already exists`, or make a second one where names are drawn.",
            },
            { say: "Then delete the files.", run: [`rm ${file} ${stack}.now.tfstate`] },
          ],
        };
      }),
      ...own.map((stack): Section => ({
        about: `${stack} is lost`,
        steps: [
          {
            say: "Ask whoever deployed it first for the file. Without it, import the place of the states and its key at the addresses that the plan names; until then deploy this stack by no means: it would stop at names that are taken.",
            run: [`npx cdktf diff ${stack}`],
          },
        ],
      })),
    ],
  };
}
