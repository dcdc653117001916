// The archive's entry. Lambda ends an instance's initialisation only when this module has loaded.
import classify from "./classify.js";

await classify.ready;

export const { http, stream } = classify;
