import { join } from "node:path";
import { main } from "../../../../cli/main";
import type { Launch } from "../../../../cli/program";
import type { Choices } from "../../../../constructs/templates/combinations";
import { Made } from "../../../support/templates/updating";

export interface Said {
  readonly exit: unknown;
  readonly out: string;
  readonly error: string;
}

/** Repositories of versions, and commands that are run in them by this process. */
export class Workshop {
  #count = 0;

  /** @param home folder of the package that the commands are of */
  constructor(
    private readonly place: string,
    private readonly home: string,
  ) {}

  /** A repository of a version, as somebody has edited and committed it. */
  readonly made = (
    template: string,
    version: number,
    edit: (made: Made) => void = () => undefined,
    choices: Choices = {},
  ): Made => {
    const repository = new Made(join(this.place, `repository-${this.#count++}`), this.home, {
      template,
      version,
      choices,
    });
    // What is installed is not committed, and a repository that has nothing installed is refused.
    repository.write("node_modules/goldenpath/package.json", '{ "version": "0.1.0" }');
    edit(repository);
    repository.commit();
    return repository;
  };

  /** Runs a command line in a folder, as the launcher does. */
  readonly run = async (folder: string, ...args: readonly string[]): Promise<Said> => {
    const [was, code] = [process.cwd(), process.exitCode];
    const said = { out: "", error: "" };
    // A process that runs one command line listens once.
    const listening = [process.stdout, process.stderr].map((stream) => [stream, stream.listeners("error")] as const);
    const [out, error] = [jest.spyOn(process.stdout, "write"), jest.spyOn(process.stderr, "write")];
    out.mockImplementation((text) => ((said.out += String(text)), true));
    error.mockImplementation((text) => ((said.error += String(text)), true));
    try {
      process.chdir(folder);
      const manifest = { version: "0.1.0" } as Launch["manifest"];
      const sources = { root: folder } as Launch["sources"];
      await main(args, {
        root: folder,
        home: this.home,
        outdir: "cdktf.out",
        terminal: false,
        files: {},
        manifest,
        sources,
      });
      return { exit: process.exitCode, ...said };
    } finally {
      out.mockRestore();
      error.mockRestore();
      for (const [stream, before] of listening) {
        for (const one of stream.listeners("error")) {
          if (!before.includes(one)) stream.off("error", one as () => void);
        }
      }
      process.chdir(was);
      process.exitCode = code;
    }
  };
}
