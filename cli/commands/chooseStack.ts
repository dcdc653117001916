import { CannotRunError } from "../../contracts/cannotRunError";
import type { Project } from "../graph/project";
import { listStacks } from "../graph/stackConfig";

/** Stack that runs on a laptop: what a command means that is not told otherwise. */
const LOCAL_STACK = "local";

/** Name for the stack of a project that has no stack files, and so the same program whatever its stack is called. */
const ONLY_STACK = "dev";

/**
 * The stack that a command is about: the one asked for, else `local`, else the only one.
 * @throws CannotRunError `StackNotChosen`, naming the stacks there are
 */
export function chooseStack(project: Project, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  const stacks = listStacks(project);
  if (stacks.includes(LOCAL_STACK)) return LOCAL_STACK;
  if (stacks.length <= 1) return stacks[0] ?? ONLY_STACK;
  throw new CannotRunError(
    "StackNotChosen",
    `project ${project.name} has several stacks; choose one with --stack: ${stacks.join(", ")}`,
  );
}
