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
  const states = stacks.map((stack) => ({ stack, ...cloud.state(stack) }));
  return {
    file: "terraform-state",
    title: "Terraform state is locked, spoilt or lost",
    alerts: [],
    meaning: [
      "A plan stops at `Error acquiring the state lock`: somebody is at work, or was and ended without giving it back.",
      "A plan wants to create what is there already: the state is empty or older than what was made.",
      ...states.map(({ stack, place }) => `${code(stack)}: ${place}.`),
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
          prepared(stacks),
          {
            say: "How many resources the state has: none of a stack that is deployed is a lost state.",
            run: stacks.map((stack) => `${terraformIn(stack)} state list | wc -l`),
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
      ...states.map(({ stack, versions, fetch }): Section => {
        const file = `${stack}.older.tfstate`;
        return {
          about: `${stack} is spoilt or lost`,
          steps:
            versions === undefined || fetch === undefined
              ? [{ say: "There are no versions: import what is there, resource by resource." }]
              : [
                  {
                    say: "First, an apply that could not write its state at the end left it in a file: that is the newest there is, and better than any older one.",
                    run: [`ls -l cdktf.out/stacks/${stack}/errored.tfstate`],
                  },
                  {
                    say: "Its versions; the command takes the one before the newest. Choose by time where the newest are all spoilt. It may hold secrets: delete the file in the end.",
                    run: [
                      ...versions,
                      ...(versions.some((line) => line.startsWith("VERSION=")) ? ['printf "%s\\n" "$VERSION"'] : []),
                      ...fetch(file),
                    ],
                  },
                  {
                    say: "Put it back. An older one has a lower number, which only `-force` accepts: keep what is there now beside it first.",
                    run: [
                      `${terraformIn(stack)} state pull | tee ${stack}.now.tfstate | wc -c`,
                      `${terraformIn(stack)} state push -force "$PWD/${file}"`,
                      `npx cdktf diff ${stack}`,
                    ],
                  },
                  {
                    say: "What was made since that version is in the plan as something to create: import it at the address that the plan names, with the id that the cloud has, before anybody applies. What holds data is refused by the plan, not replaced. Then delete the files.",
                    run: [`rm ${file} ${stack}.now.tfstate`],
                  },
                ],
        };
      }),
    ],
  };
}
