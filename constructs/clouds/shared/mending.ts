import type { Done } from "../../model/operations";

/* What people do about a failure of a data service, on whichever cloud. */

/** A larger disk, which is a number in the environment's file. */
export const storageUp = (service: string, how: string): Done => ({
  say: `Write a larger \`storage\` for \`${service}\` into the environment's file and deploy it. ${how} It is never made smaller again.`,
});

export const sizeUp = (service: string, what: string): Done => ({
  say: `A larger \`size\` of \`${service}\` in the environment's file ${what}.`,
});

/** What ends by itself. */
export const restarts = (when: string): Done => ({
  say: `${when} Clients connect anew by themselves: restart those that do not.`,
});

/** Messages that nobody takes, which is what fills a broker. */
export const moreConsumers = (service: string): Done => ({
  say: `Messages leave by being consumed: see that the workloads that consume from \`${service}\` run and keep up, and give them more replicas. Purging a queue loses what is in it.`,
});
