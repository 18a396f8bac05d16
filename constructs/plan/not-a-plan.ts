/** A text that is no plan, or none that can be read here: one line that says what it is and what to give. */
export class NotAPlan extends Error {}
