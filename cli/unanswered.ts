/** Something that was asked of a program or a cluster and not answered, with why and what to do. */
export class Unanswered extends Error {}
