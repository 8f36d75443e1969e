import type { FunctionDefinition } from './deploy/definitions.ts';
import { functionEnvironment, type Endpoints } from './lambda/environment.ts';
import { FunctionLog } from './lambda/function-log.ts';
import { LambdaFunction } from './lambda/lambda-function.ts';
import { sandboxScript } from './lambda/sandbox/script.ts';
import type { Tell } from './run-events.ts';
import type { RunFolder } from './run-folder.ts';

export interface FunctionsOptions {
  readonly definitions: readonly FunctionDefinition[];
  readonly endpoints: Endpoints;
  readonly folder: RunFolder;
  readonly tell: Tell;
}

/** The functions of the stack, each with its log. None is loaded before it is called. */
export class Functions {
  readonly byName: ReadonlyMap<string, LambdaFunction>;
  readonly #logs: readonly FunctionLog[];

  private constructor(byName: ReadonlyMap<string, LambdaFunction>, logs: readonly FunctionLog[]) {
    this.byName = byName;
    this.#logs = logs;
  }

  static async open({ definitions, endpoints, folder, tell }: FunctionsOptions): Promise<Functions> {
    const script = await sandboxScript();
    const logs: FunctionLog[] = [];
    const functions = definitions.map((definition) => {
      const log = new FunctionLog(folder.log(definition.name));
      logs.push(log);
      const environment = functionEnvironment(definition, endpoints);
      const write = (line: string): void => log.write(line);
      return [definition.name, new LambdaFunction({ definition, environment, script, log: write, tell })] as const;
    });
    return new Functions(new Map(functions), logs);
  }

  async end(): Promise<void> {
    await Promise.all([...this.byName.values()].map((lambda) => lambda.end()));
    this.#logs.forEach((log) => log.close());
  }
}
