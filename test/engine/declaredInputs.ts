import { readFileSync } from "node:fs";
import path from "node:path";
import { runtime } from "@pulumi/pulumi";
import * as ts from "typescript";
import { isRecord, isUnknownInput, plainInput } from "./wireInput";

/** Something about an input that the provider's own types do not allow. */
export interface InputProblem {
  readonly property: string;
  readonly reason: string;
}

/** Members of a declared object by name. */
type Members = ReadonlyMap<string, { readonly required: boolean; readonly type: ts.TypeNode | undefined }>;

/** Types that are one kind of value. */
const PLAIN: Readonly<Partial<Record<ts.SyntaxKind, "string" | "number" | "boolean">>> = {
  [ts.SyntaxKind.StringKeyword]: "string",
  [ts.SyntaxKind.NumberKeyword]: "number",
  [ts.SyntaxKind.BooleanKeyword]: "boolean",
};

/**
 * What a provider's Node package declares about inputs. The provider itself cannot be asked without an account, but
 * its package is generated from the same schema and lists every property at every depth.
 */
export class DeclaredInputs {
  readonly #arguments = new Map<string, Members>();
  #nested: ReadonlyMap<string, Members> | undefined;

  /** @param folder the installed package, for example of `@pulumi/aws` */
  constructor(private readonly folder: string) {}

  /** Every input that is not declared or of another type than is, and every one that is required and missing. */
  problems(type: string, inputs: Readonly<Record<string, unknown>>): readonly InputProblem[] {
    return this.#objectProblems(this.#membersOf(type), inputs, "");
  }

  /** Whether a resource takes an input of this name without requiring it. */
  isOptional(type: string, property: string): boolean {
    return this.#membersOf(type).get(property)?.required === false;
  }

  #objectProblems(members: Members, value: Readonly<Record<string, unknown>>, at: string): InputProblem[] {
    const problems: InputProblem[] = [];
    for (const [name, given] of Object.entries(value)) {
      const member = members.get(name);
      if (name.startsWith("__")) continue;
      if (member === undefined) {
        problems.push({ property: `${at}${name}`, reason: `not an input; allowed: ${[...members.keys()].join(", ")}` });
      } else if (member.type !== undefined) {
        problems.push(...this.#valueProblems(member.type, given, `${at}${name}`));
      }
    }
    for (const [name, { required }] of members) {
      if (required && (value[name] === undefined || value[name] === null)) {
        problems.push({ property: `${at}${name}`, reason: "required, and missing" });
      }
    }
    return problems;
  }

  #valueProblems(type: ts.TypeNode, wire: unknown, at: string): InputProblem[] {
    const value = plainInput(wire);
    if (value === null || value === undefined || isUnknownInput(value)) return [];
    if (ts.isUnionTypeNode(type)) {
      const parts = type.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
      const ofEach = parts.map((part) => this.#valueProblems(part, value, at));
      return ofEach.some((problems) => problems.length === 0) ? [] : (ofEach[0] ?? []);
    }
    const plain = PLAIN[type.kind];
    if (plain !== undefined) return typeof value === plain ? [] : [{ property: at, reason: `must be a ${plain}` }];
    if (ts.isTypeLiteralNode(type)) return this.#mapProblems(type, value, at);
    if (ts.isArrayTypeNode(type)) {
      if (!Array.isArray(value)) return [{ property: at, reason: "must be a list" }];
      return value.flatMap((item, index) => this.#valueProblems(type.elementType, item, `${at}[${index}]`));
    }
    if (!ts.isTypeReferenceNode(type)) return [];
    const [wrapped] = type.typeArguments ?? [];
    if (wrapped !== undefined) return this.#valueProblems(wrapped, value, at);
    const name = type.typeName.getText();
    if (name.startsWith("pulumi.asset.")) {
      const isAsset = isRecord(value) && runtime.specialSigKey in value;
      return isAsset ? [] : [{ property: at, reason: "must be an asset or archive" }];
    }
    const members = this.#nestedMembers().get(name);
    if (members === undefined) return [];
    return isRecord(value)
      ? this.#objectProblems(members, value, `${at}.`)
      : [{ property: at, reason: "must be an object" }];
  }

  /** Objects with any keys, for example tags: what they hold has a type. */
  #mapProblems(type: ts.TypeLiteralNode, value: unknown, at: string): InputProblem[] {
    const [held] = type.members.filter(ts.isIndexSignatureDeclaration);
    if (!isRecord(value)) return [{ property: at, reason: "must be an object" }];
    if (held === undefined) return [];
    return Object.entries(value).flatMap(([key, item]) => this.#valueProblems(held.type, item, `${at}.${key}`));
  }

  #membersOf(type: string): Members {
    const known = this.#arguments.get(type);
    if (known !== undefined) return known;
    const [, file = "", name = ""] = type.split(":");
    const source = parse(path.join(this.folder, `${file}.d.ts`));
    const declared = source.statements.find(
      (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === `${name}Args`,
    );
    if (declared === undefined || !ts.isInterfaceDeclaration(declared)) throw new Error(`no resource type ${type}`);
    const members = membersOf(declared);
    this.#arguments.set(type, members);
    return members;
  }

  /** Declared objects by the name that types refer to them by, for example `inputs.lambda.FunctionEnvironment`. */
  #nestedMembers(): ReadonlyMap<string, Members> {
    if (this.#nested !== undefined) return this.#nested;
    const nested = new Map<string, Members>();
    const collect = (node: ts.Node, prefix: string): void => {
      if (ts.isInterfaceDeclaration(node)) nested.set(`${prefix}.${node.name.text}`, membersOf(node));
      else if (ts.isModuleDeclaration(node) && node.body) collect(node.body, `${prefix}.${node.name.text}`);
      else if (ts.isModuleBlock(node)) for (const statement of node.statements) collect(statement, prefix);
    };
    const { statements } = parse(path.join(this.folder, "types", "input.d.ts"));
    for (const statement of statements) collect(statement, "inputs");
    this.#nested = nested;
    return nested;
  }
}

function membersOf(declaration: ts.InterfaceDeclaration): Members {
  const properties = declaration.members.filter(ts.isPropertySignature);
  return new Map(
    properties.map(({ name, questionToken, type }) => [
      name.getText(),
      { required: questionToken === undefined, type },
    ]),
  );
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}
