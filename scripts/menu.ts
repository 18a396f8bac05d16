import { menu } from "./menu/scripts";

/* What `npm run` offers, in groups: `npm run menu`. */

process.stdout.write(`${menu()}\n`);
