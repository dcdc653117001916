import fc from "fast-check";

// The runner prints no error's cause, and a property that failed has nothing else that says why.
fc.configureGlobal({ ...fc.readConfigureGlobal(), includeErrorInReport: true });
