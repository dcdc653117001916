export { CannotRunError } from "../../contracts/cannotRunError";
