/** What the help of a command says besides its options. */
export interface CommandHelp {
  /** What one would want, and the command line that does it. */
  readonly examples: readonly { readonly what: string; readonly command: string }[];
  /** Exit codes that say more than {@link EXIT_CODES}. */
  readonly exitCodes?: Partial<Readonly<Record<keyof typeof EXIT_CODES, string>>>;
}

/** Exit codes of every command. */
export const EXIT_CODES = {
  0: "as asked",
  1: "a finding, or a failure of what was examined",
  2: "could not run: bad usage, bad configuration, nothing to work on; one coded message on stderr",
} as const;

const NO_FINDINGS = { 1: "not used" } as const;

/** Help of each command by its path, `models list` for a command of a command, and empty for the program itself. */
export const COMMAND_HELP: Readonly<Record<string, CommandHelp>> = {
  "": {
    examples: [
      { what: "Judge this folder's stack prod by the policy packs", command: "frugal-ml check --stack prod" },
      { what: "What it costs a month, for a program to read", command: "frugal-ml price --stack prod --json" },
      { what: "Run the stack local on this machine and keep it up", command: "frugal-ml local --serve" },
    ],
  },
  backfill: {
    examples: [
      {
        what: "Derive what was in the bucket before the stack came",
        command: "pulumi stack output --json | frugal-ml backfill --from -",
      },
      {
        what: "Try again what could not be normalised, on the local plane",
        command: "frugal-ml backfill --from out/local.json --access-point images --retry-quarantined --json",
      },
    ],
    exitCodes: { 0: "every message was sent", ...NO_FINDINGS },
  },
  bundle: {
    examples: [
      { what: "Pack a module for the argument code", command: "frugal-ml bundle columns.ts --out dist/columns.zip" },
    ],
    exitCodes: { 0: "the archive is written", ...NO_FINDINGS },
  },
  check: {
    examples: [
      { what: "This folder's program", command: "frugal-ml check --stack prod" },
      {
        what: "Anyone's program, with a pack of your own besides",
        command: "frugal-ml check --program ../shop --pack ../company-pack",
      },
      { what: "A stack that is up", command: "frugal-ml check --state state.json --json" },
      {
        what: "For code scanning, and for people",
        command: "frugal-ml check --stack prod --report sarif=check.sarif",
      },
    ],
    exitCodes: { 0: "nothing fails", 1: "something fails, by --fail-on", 2: "could not check" },
  },
  choose: {
    examples: [
      {
        what: "Small pictures, asked in bursts",
        command: "frugal-ml choose --payload 2MB --duration 300ms --latency 1s --requests 1e6/day --pattern spiky",
      },
      {
        what: "A model for each of a thousand tenants, for a page",
        command:
          "frugal-ml choose --payload 20KB --duration 100ms --latency 1s --requests 1e6/day --pattern steady --models 1000 --memory 50MB --format markdown",
      },
    ],
    exitCodes: { 0: "an option takes the workload", 1: "none does" },
  },
  complete: {
    examples: [
      {
        what: "Wait up to ten minutes until everything is derived",
        command: "frugal-ml complete --from outputs.json --wait 600",
      },
      {
        what: "The keys that are wrong, for a program",
        command: "frugal-ml complete --source originals --derived derived --prefix 0123456789ab --list 1000 --json",
      },
    ],
    exitCodes: { 0: "complete", 1: "not complete", 2: "could not check" },
  },
  conform: {
    examples: [
      { what: "A container with one model", command: "frugal-ml conform http://127.0.0.1:8080" },
      {
        what: "A multi-model container, asked a request of its own",
        command: "frugal-ml conform http://127.0.0.1:8080 --multi-model --model /models/a --invoke @request.json",
      },
    ],
    exitCodes: { 0: "every `must` holds", 1: "one does not", 2: "there is nothing to judge" },
  },
  local: {
    examples: [
      { what: "The whole main job on the stack local", command: "frugal-ml local" },
      { what: "With photographs of your own, its figures as JSON", command: "frugal-ml local --images photos --json" },
      { what: "Keep the plane up for any AWS client", command: "frugal-ml local --serve --port 4566" },
    ],
    exitCodes: { 0: "every part held", 1: "a part failed" },
  },
  "model pack": {
    examples: [
      {
        what: "Pack an exported model of TensorFlow",
        command: "frugal-ml model pack --framework tensorflow export --out dist/model.tar.gz",
      },
    ],
    exitCodes: { 0: "the archive is written", 1: "the image could not serve the model, so nothing is written" },
  },
  "model validate": {
    examples: [
      {
        what: "Anyone's archive, before it is hosted",
        command: "frugal-ml model validate --framework sklearn model.tar.gz --strict --json",
      },
    ],
    exitCodes: { 0: "the image can serve the model", 1: "it cannot, or with --strict something is unwise" },
  },
  "models list": {
    examples: [
      {
        what: "Customers whose data could not be fitted",
        command: "frugal-ml models list --from out/local.json --status quarantined",
      },
      { what: "One customer", command: "frugal-ml models list --uri s3://models/fleet/ --customer 7 --json" },
    ],
    exitCodes: { 1: "no such customer" },
  },
  "models pin": {
    examples: [
      {
        what: "Hold customer 7 at a version",
        command: "frugal-ml models pin 7 --version-id 2n5k8 --from outputs.json",
      },
    ],
    exitCodes: NO_FINDINGS,
  },
  "models release": {
    examples: [
      { what: "Let customer 7 follow the runs again", command: "frugal-ml models release 7 --from outputs.json" },
    ],
    exitCodes: NO_FINDINGS,
  },
  "models rollback": {
    examples: [
      { what: "Back to the model before this one", command: "frugal-ml models rollback 7 --from outputs.json" },
    ],
    exitCodes: NO_FINDINGS,
  },
  "models erase": {
    examples: [
      { what: "All that there is of customer 7", command: "frugal-ml models erase 7 --yes --from outputs.json --json" },
    ],
    exitCodes: NO_FINDINGS,
  },
  price: {
    examples: [
      { what: "What changes from dev to prod", command: "frugal-ml price --stack prod --compare dev" },
      {
        what: "In a pull request: fail above a budget",
        command: "frugal-ml price --stack prod --budget 250 --format markdown",
      },
      { what: "Beside other ways of doing the same", command: "frugal-ml price --stack prod --savings --json" },
    ],
    exitCodes: { 0: "priced", 1: "above --budget", 2: "could not price" },
  },
  "prices update": {
    examples: [
      { what: "All of the book", command: "frugal-ml prices update" },
      {
        what: "One service in one Region",
        command: "frugal-ml prices update --region eu-central-1 --service AmazonSageMaker --json",
      },
    ],
    exitCodes: { 0: "the book is written", ...NO_FINDINGS },
  },
  "recommend show": {
    examples: [{ what: "How a job stands, for a program", command: "frugal-ml recommend show churn --json" }],
    exitCodes: { 0: "the job is over, and recommends", 1: "it goes on, or failed" },
  },
  "recommend start": {
    examples: [
      {
        what: "A version of the model registry, on two types",
        command:
          "frugal-ml recommend start churn --role arn:aws:iam::123456789012:role/recommender --model-package arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/3 --instance-type ml.c7g.large --instance-type ml.m7i.large",
      },
    ],
    exitCodes: { 0: "the job is started", ...NO_FINDINGS },
  },
  waste: {
    examples: [
      { what: "Any stack that is up, of a program in any language", command: "frugal-ml waste --state state.json" },
      {
        what: "For a pull request, failing above a hundred dollars a month",
        command: "frugal-ml waste --stack prod --fail-on 100 --format markdown",
      },
    ],
    exitCodes: { 0: "examined", 1: "above --fail-on", 2: "could not examine" },
  },
};
