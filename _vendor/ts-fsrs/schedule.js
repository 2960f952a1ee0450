// The parts of ts-fsrs that the Review page uses, as one global.
export { createEmptyCard, fsrs, Rating } from "ts-fsrs";
