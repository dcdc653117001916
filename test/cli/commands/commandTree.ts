import type { Command } from "commander";

/** A command that does something, and its path below the program: `models list`. */
export interface LeafCommand {
  readonly path: string;
  readonly command: Command;
}

/** Every command of a tree that has no commands below it. */
export function leafCommands(command: Command, path = ""): readonly LeafCommand[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leafCommands(child, `${path} ${child.name()}`.trimStart()));
}

/** Puts another action in place of what every command does, and has what commander would print collected. */
export function rehearsed(program: Command, action: (command: Command) => void): { readonly printed: string[] } {
  const printed: string[] = [];
  const writeOut = (text: string): void => void printed.push(text);
  const every = (command: Command): void => {
    command.configureOutput({ writeOut, writeErr: writeOut });
    command.commands.forEach(every);
  };
  every(program);
  for (const { command } of leafCommands(program)) command.action(() => action(command));
  return { printed };
}

/** Words of a command line as a shell splits it, for words in double quotes, single quotes or none. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ""));
}
