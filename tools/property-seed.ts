/** Loaded before each test file: gives every property the same seed, and says which when one fails. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
