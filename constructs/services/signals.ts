/**
 * What a kind of another program brings beside its provisioners, for parts that read it: each part adds its own where it is
 * defined (`declare module`), so that a kind's type of it is known to who imports that part.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the parts
export interface Signals {}
