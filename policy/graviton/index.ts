import { servePack } from "../pack";
import { gravitonRules } from "./rules";

servePack("graviton", "CPU work of machine learning that belongs on Graviton.", gravitonRules);
