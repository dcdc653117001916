import { element } from "../xmlWriter";

/** Who owns everything here, in the place of an account's canonical user id. */
const OWNER_ID = "frugal-ml-local";

export const OWNER = element("Owner", [element("ID", OWNER_ID), element("DisplayName", OWNER_ID)]);

/** The same owner, as who began an upload. */
export const INITIATOR = element("Initiator", [element("ID", OWNER_ID), element("DisplayName", OWNER_ID)]);
