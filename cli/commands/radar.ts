import { type Command, EXIT, JSON_OPTION } from "../command";
import { toJson } from "../format";
import { dayAsked, dayOfBuild } from "../today";

export const radar: Command = {
  name: "radar",
  summary: "say when support ends of everything that is pinned",
  description:
    "Charts, images, Kubernetes, data services, engines, providers and packages, as the stacks and outputs have them.",
  options: {
    on: {
      value: "day",
      description: "the day that it is said of, such as 2027-03-01; that of SOURCE_DATE_EPOCH, or today, if left out",
    },
    json: JSON_OPTION,
  },
  exits: {
    done: "nothing is past its end of support, but for what is accepted with a reason",
    wrong: "something is past its end of support on that day; or the input has mistakes",
  },
  async run({ flags, values }, program) {
    const on = dayAsked(values.get("on"), process.env, dayOfBuild);
    const { packagePins } = await import("../../constructs/radar/package-pins.js");
    const { radarData, radarText } = await import("../../constructs/radar/text.js");
    const { radar: look } = await import("../../stacks/radar.js");
    const report = look({
      environments: await program.environments(),
      outputs: await program.outputsIfAny(),
      pins: [...packagePins(program.manifest, "goldenpath"), ...(await program.pins())],
      on,
    });
    process.stdout.write(flags.has("json") ? toJson(radarData(report)) : radarText(report));
    return report.sightings.some(({ standing }) => standing === "past") ? EXIT.wrong : EXIT.done;
  },
};
