/**
 * The version of the wire. It rises with every change of a schema; a test compares the schemas with the
 * hash recorded for this version, so none changes unnoticed.
 */
export const PROTOCOL_VERSION = 2;
