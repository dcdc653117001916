import { FleetEnvironment } from "../../../contracts/fleetContainer";
import { InvalidInputError, printGiven } from "../../../contracts/problems";
import { type LoadedModule, loadModule } from "../loadedModule";

/**
 * The module that answers.
 * @throws InvalidInputError when it exports no `load`
 */
export function servedModule(environment: NodeJS.ProcessEnv): LoadedModule {
  const module = loadModule(environment);
  if (module.load !== undefined) return module;
  const given = printGiven(environment[FleetEnvironment.ModelModule]);
  const allowed = "a module that exports the function load, when it is served";
  throw new InvalidInputError("model module", [{ property: FleetEnvironment.ModelModule, given, allowed }]);
}
