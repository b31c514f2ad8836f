/** What a row of the benchmark is: sides that do the same work in turn, or a survey of figures that no race can give. */

/** How a run was asked for. */
export interface Setting {
  /** Fewer documents and one round: to try the benchmark out, never to be published. */
  readonly quick: boolean;
  /** Also what takes an hour: a million documents. */
  readonly large: boolean;
}

/** What one round of a side gave. */
export interface Sample {
  readonly units: number;
  readonly seconds: number;
  /** Further figures of that round, by name. */
  readonly extra?: Readonly<Record<string, number>>;
}

/** A side that stands ready: everything it needs is loaded and made, so that only the work is timed. */
export interface Work {
  /** Untimed: lets the compiler of the engine see the code. */
  warmUp(): unknown;
  run(): Sample | Promise<Sample>;
}

/** One way of doing the row's work; each round of it runs in a process of its own. */
export interface Side {
  /** As the table names it. */
  readonly name: string;
  /** `stage` is what the row's `prepare` made. */
  open(setting: Setting, stage: Stage): Promise<Work>;
}

/** Addresses and files that all sides of a row share; it travels to other processes as JSON. */
export type Stage = Readonly<Record<string, string>>;

/** At least so many times as fast. */
export interface Aim {
  readonly of: string;
  readonly against: string;
  readonly atLeast: number;
}

/** A row whose sides race each other. */
export interface Race {
  readonly kind: "race";
  readonly title: string;
  /** What is counted: `documents`. */
  readonly unit: string;
  readonly rounds: number;
  /** By key; in each round they run in this order, one after the other. */
  readonly sides: Readonly<Record<string, Side>>;
  readonly aims: readonly Aim[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
  /** What the sides share; `stop` is called when the row is done. */
  readonly prepare?: (setting: Setting) => Promise<{ readonly stage: Stage; stop(): Promise<void> }>;
  /** Shows, before anything is timed, that the sides do the same thing; says what was compared, throws where they differ. */
  check(setting: Setting, stage: Stage): Promise<string>;
}

/** A row that measures by itself. */
export interface Survey {
  readonly kind: "survey";
  readonly title: string;
  measure(setting: Setting): Promise<{ readonly figures: readonly Figure[]; readonly notes: readonly string[] }>;
}

export type Row = Race | Survey;

/** One line of the table. */
export interface Figure {
  readonly subject: string;
  readonly unit: string;
  /** One value a round, in the order measured. */
  readonly values: readonly number[];
  readonly goals: readonly Goal[];
}

export interface Goal {
  /** `≥ 20× merkletreejs` */
  readonly asked: string;
  readonly reached: string;
  readonly met: boolean;
}

/** What was found, with all that is needed to judge it later. */
export interface RowResult {
  readonly row: string;
  readonly title: string;
  readonly measuredAt: string;
  /** What was measured: the checkout, with a `+` where files had been changed since. */
  readonly commit: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}
